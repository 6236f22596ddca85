package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.plan.IncidentState.EXHAUSTED;
import static org.medicd.plan.IncidentState.OPEN;
import static org.medicd.plan.IncidentState.RECOVERED;
import static org.medicd.plan.IncidentState.TREATING;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mention;
import org.medicd.plan.Notice.Kind;
import org.medicd.plan.Outcome;
import org.medicd.plan.Verdict;

class AnnouncerTest {
  private static final Duration REMIND = Duration.ofHours(4);
  private static final Map<String, List<Mention>> ONCE =
      Map.of(
          in(OPEN).id(),
          List.of(new Mention("1.0", Kind.OPENED, List.of("email"), IncidentAt.OPENED)));

  private final Announcer announcer = new Announcer();
  private Duration now = Duration.ZERO;

  private Optional<Kind> hear(Incident incident, boolean silenced) {
    return hear(announcer, incident, silenced);
  }

  private Optional<Kind> hear(Announcer by, Incident incident, boolean silenced) {
    return by.of(incident, silenced, now, REMIND).map(Announcer.Announcement::kind);
  }

  private static Incident in(IncidentState state) {
    return new IncidentAt("1", state).make();
  }

  private static Incident paged(IncidentState state) {
    return new IncidentAt("1", state)
        .did(
            Action.Kind.PAGE,
            new Verdict.Allowed(),
            new Outcome.Done("handed over"),
            IncidentAt.OPENED)
        .make();
  }

  @Test
  void eachChangeThatMattersIsToldOnce() {
    assertThat(hear(in(OPEN), false)).contains(Kind.OPENED);
    assertThat(hear(in(OPEN), false)).isEmpty();
    assertThat(hear(in(TREATING), false)).isEmpty();
    assertThat(hear(in(EXHAUSTED), false)).contains(Kind.EXHAUSTED);
    assertThat(hear(in(EXHAUSTED), false)).isEmpty();
    assertThat(hear(in(RECOVERED), false)).contains(Kind.CLOSED);
    assertThat(hear(in(RECOVERED), false)).isEmpty();
  }

  @Test
  void aPageIsToldOnceAndNotAgainWhenTheLadderEnds() {
    hear(in(OPEN), false);
    assertThat(hear(paged(TREATING), false)).contains(Kind.PAGED);
    assertThat(hear(paged(TREATING), false)).isEmpty();
    assertThat(hear(paged(EXHAUSTED), false)).isEmpty();
    assertThat(hear(paged(RECOVERED), false)).contains(Kind.CLOSED);
  }

  @Test
  void aPageThatIsUnderWayIsNotToldYet() {
    hear(in(OPEN), false);
    Incident underWay =
        new IncidentAt("1", TREATING)
            .did(Action.Kind.PAGE, new Verdict.Allowed(), null, IncidentAt.OPENED)
            .make();
    assertThat(hear(underWay, false)).contains(Kind.STEP);
  }

  @Test
  void nothingIsToldAgainAfterARestart() {
    announcer.restore(List.of(paged(EXHAUSTED)), ONCE, Duration.ZERO, IncidentAt.OPENED);
    assertThat(hear(paged(EXHAUSTED), false)).isEmpty();
    assertThat(hear(paged(RECOVERED), false)).contains(Kind.CLOSED);
    Announcer next = new Announcer();
    next.restore(List.of(in(OPEN)), ONCE, Duration.ZERO, IncidentAt.OPENED);
    assertThat(hear(next, in(TREATING), false)).isEmpty();
    assertThat(hear(next, in(EXHAUSTED), false)).contains(Kind.EXHAUSTED);
  }

  @Test
  void oneThatComesBackIsToldAgain() {
    hear(in(OPEN), false);
    hear(in(RECOVERED), false);
    assertThat(hear(in(TREATING), false)).contains(Kind.OPENED);
  }

  @Test
  void oneThatIsSeenOnlyWhenItIsClosedIsToldAsOne() {
    assertThat(hear(in(RECOVERED), false)).isPresent();
    assertThat(hear(in(RECOVERED), false)).isEmpty();
  }

  @Test
  void whatIsSilencedIsToldOnceTheSilenceIsOver() {
    assertThat(hear(in(OPEN), true)).isEmpty();
    assertThat(announcer.owes(in(OPEN), Duration.ZERO, REMIND)).isTrue();
    assertThat(hear(in(EXHAUSTED), true)).isEmpty();
    assertThat(hear(in(EXHAUSTED), false)).contains(Kind.OPENED);
    assertThat(announcer.owes(in(EXHAUSTED), Duration.ZERO, REMIND)).isFalse();
  }

  @Test
  void whatBeganAndEndedInSilenceIsNeverTold() {
    hear(in(OPEN), true);
    assertThat(hear(in(RECOVERED), true)).isEmpty();
    assertThat(announcer.owes(in(RECOVERED), Duration.ZERO, REMIND)).isFalse();
  }

  @Test
  void theEndOfWhatPeopleKnowIsToldInSilenceToo() {
    hear(in(OPEN), false);
    assertThat(hear(in(EXHAUSTED), true)).isEmpty();
    assertThat(hear(in(RECOVERED), true)).contains(Kind.CLOSED);
  }

  @Test
  void eachRungIsToldOnce() {
    hear(in(OPEN), false);
    Incident began = term(new Verdict.Allowed(), null);
    Incident done = term(new Verdict.Allowed(), new Outcome.Done("SIGTERM sent"));
    assertThat(hear(began, false)).contains(Kind.STEP);
    assertThat(hear(began, false)).isEmpty();
    assertThat(hear(done, false)).contains(Kind.STEP);
    assertThat(hear(done, false)).isEmpty();
  }

  @Test
  void whatWaitsForAPersonIsAskedOnce() {
    hear(in(OPEN), false);
    Incident asked = term(new Verdict.AwaitingApproval(null), null);
    assertThat(hear(asked, false)).contains(Kind.ASKED);
    assertThat(hear(asked, false)).isEmpty();
  }

  @Test
  void peopleAreRemindedOfWhatIsOpenStill() {
    hear(in(OPEN), false);
    now = REMIND.minusMillis(1);
    assertThat(announcer.owes(in(OPEN), now, REMIND)).isFalse();
    now = REMIND;
    assertThat(announcer.owes(in(OPEN), now, REMIND)).isTrue();
    assertThat(announcer.owes(in(OPEN), now, Duration.ZERO)).as("switched off").isFalse();
    assertThat(hear(in(OPEN), false)).contains(Kind.REMINDER);
    assertThat(announcer.owes(in(OPEN), now, REMIND)).isFalse();
    assertThat(announcer.owes(in(RECOVERED), now.multipliedBy(3), REMIND)).isFalse();
  }

  @Test
  void announcementsAreNumbered() {
    assertThat(announcer.of(in(OPEN), false, now, REMIND))
        .contains(new Announcer.Announcement(Kind.OPENED, 0));
    assertThat(announcer.of(in(RECOVERED), false, now, REMIND))
        .contains(new Announcer.Announcement(Kind.CLOSED, 1));
    Announcer next = new Announcer();
    next.restore(List.of(in(OPEN)), ONCE, now, IncidentAt.OPENED);
    assertThat(next.of(in(RECOVERED), false, now, REMIND))
        .contains(new Announcer.Announcement(Kind.CLOSED, 1));
  }

  @Test
  void theRhythmOfRemindersGoesOnAfterARestart() {
    Duration restart = Duration.ofHours(3);
    announcer.restore(List.of(in(OPEN)), ONCE, Duration.ZERO, IncidentAt.OPENED.plus(restart));
    Duration due = REMIND.minus(restart);
    assertThat(announcer.owes(in(OPEN), due.minusSeconds(1), REMIND)).isFalse();
    assertThat(announcer.of(in(OPEN), false, due, REMIND))
        .contains(new Announcer.Announcement(Kind.REMINDER, 1));
    assertThat(announcer.owes(in(OPEN), due.plusSeconds(1), REMIND)).isFalse();
  }

  @Test
  void aClockThatWasSetBackBeginsTheRhythmAnew() {
    announcer.restore(
        List.of(in(OPEN)), ONCE, Duration.ZERO, IncidentAt.OPENED.minusSeconds(86_400));
    assertThat(announcer.owes(in(OPEN), REMIND.minusSeconds(1), REMIND)).isFalse();
    assertThat(announcer.owes(in(OPEN), REMIND, REMIND)).isTrue();
  }

  private static Incident term(Verdict verdict, @Nullable Outcome outcome) {
    return new IncidentAt("1", TREATING)
        .did(Action.Kind.TERM, verdict, outcome, IncidentAt.OPENED)
        .make();
  }
}
