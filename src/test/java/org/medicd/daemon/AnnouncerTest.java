package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.plan.IncidentState.EXHAUSTED;
import static org.medicd.plan.IncidentState.OPEN;
import static org.medicd.plan.IncidentState.RECOVERED;
import static org.medicd.plan.IncidentState.TREATING;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.notify.Notice.Kind;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Outcome;
import org.medicd.plan.Verdict;

class AnnouncerTest {
  private final Announcer announcer = new Announcer();

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
    assertThat(announcer.of(in(OPEN), false)).contains(Kind.OPENED);
    assertThat(announcer.of(in(OPEN), false)).isEmpty();
    assertThat(announcer.of(in(TREATING), false)).isEmpty();
    assertThat(announcer.of(in(EXHAUSTED), false)).contains(Kind.EXHAUSTED);
    assertThat(announcer.of(in(EXHAUSTED), false)).isEmpty();
    assertThat(announcer.of(in(RECOVERED), false)).contains(Kind.CLOSED);
    assertThat(announcer.of(in(RECOVERED), false)).isEmpty();
  }

  @Test
  void aPageIsToldOnceAndNotAgainWhenTheLadderEnds() {
    announcer.of(in(OPEN), false);
    assertThat(announcer.of(paged(TREATING), false)).contains(Kind.PAGED);
    assertThat(announcer.of(paged(TREATING), false)).isEmpty();
    assertThat(announcer.of(paged(EXHAUSTED), false)).isEmpty();
    assertThat(announcer.of(paged(RECOVERED), false)).contains(Kind.CLOSED);
  }

  @Test
  void aPageThatIsUnderWayIsNotToldYet() {
    announcer.of(in(OPEN), false);
    Incident underWay =
        new IncidentAt("1", TREATING)
            .did(Action.Kind.PAGE, new Verdict.Allowed(), null, IncidentAt.OPENED)
            .make();
    assertThat(announcer.of(underWay, false)).isEmpty();
  }

  @Test
  void nothingIsToldAgainAfterARestart() {
    announcer.restore(List.of(paged(EXHAUSTED)));
    assertThat(announcer.of(paged(EXHAUSTED), false)).isEmpty();
    assertThat(announcer.of(paged(RECOVERED), false)).contains(Kind.CLOSED);
    Announcer next = new Announcer();
    next.restore(List.of(in(OPEN)));
    assertThat(next.of(in(TREATING), false)).isEmpty();
    assertThat(next.of(in(EXHAUSTED), false)).contains(Kind.EXHAUSTED);
  }

  @Test
  void oneThatComesBackIsToldAgain() {
    announcer.of(in(OPEN), false);
    announcer.of(in(RECOVERED), false);
    assertThat(announcer.of(in(TREATING), false)).contains(Kind.OPENED);
  }

  @Test
  void oneThatIsSeenOnlyWhenItIsClosedIsToldAsOne() {
    assertThat(announcer.of(in(RECOVERED), false)).isPresent();
    assertThat(announcer.of(in(RECOVERED), false)).isEmpty();
  }

  @Test
  void whatIsSilencedIsToldOnceTheSilenceIsOver() {
    assertThat(announcer.of(in(OPEN), true)).isEmpty();
    assertThat(announcer.owes(in(OPEN))).isTrue();
    assertThat(announcer.of(in(EXHAUSTED), true)).isEmpty();
    assertThat(announcer.of(in(EXHAUSTED), false)).contains(Kind.OPENED);
    assertThat(announcer.owes(in(EXHAUSTED))).isFalse();
  }

  @Test
  void whatBeganAndEndedInSilenceIsNeverTold() {
    announcer.of(in(OPEN), true);
    assertThat(announcer.of(in(RECOVERED), true)).isEmpty();
    assertThat(announcer.owes(in(RECOVERED))).isFalse();
  }

  @Test
  void theEndOfWhatPeopleKnowIsToldInSilenceToo() {
    announcer.of(in(OPEN), false);
    assertThat(announcer.of(in(EXHAUSTED), true)).isEmpty();
    assertThat(announcer.of(in(RECOVERED), true)).contains(Kind.CLOSED);
  }
}
