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
    assertThat(announcer.of(in(OPEN))).contains(Kind.OPENED);
    assertThat(announcer.of(in(OPEN))).isEmpty();
    assertThat(announcer.of(in(TREATING))).isEmpty();
    assertThat(announcer.of(in(EXHAUSTED))).contains(Kind.EXHAUSTED);
    assertThat(announcer.of(in(EXHAUSTED))).isEmpty();
    assertThat(announcer.of(in(RECOVERED))).contains(Kind.CLOSED);
    assertThat(announcer.of(in(RECOVERED))).isEmpty();
  }

  @Test
  void aPageIsToldOnceAndNotAgainWhenTheLadderEnds() {
    announcer.of(in(OPEN));
    assertThat(announcer.of(paged(TREATING))).contains(Kind.PAGED);
    assertThat(announcer.of(paged(TREATING))).isEmpty();
    assertThat(announcer.of(paged(EXHAUSTED))).isEmpty();
    assertThat(announcer.of(paged(RECOVERED))).contains(Kind.CLOSED);
  }

  @Test
  void aPageThatIsUnderWayIsNotToldYet() {
    announcer.of(in(OPEN));
    Incident underWay =
        new IncidentAt("1", TREATING)
            .did(Action.Kind.PAGE, new Verdict.Allowed(), null, IncidentAt.OPENED)
            .make();
    assertThat(announcer.of(underWay)).isEmpty();
  }

  @Test
  void nothingIsToldAgainAfterARestart() {
    announcer.restore(List.of(paged(EXHAUSTED)));
    assertThat(announcer.of(paged(EXHAUSTED))).isEmpty();
    assertThat(announcer.of(paged(RECOVERED))).contains(Kind.CLOSED);
    Announcer next = new Announcer();
    next.restore(List.of(in(OPEN)));
    assertThat(next.of(in(TREATING))).isEmpty();
    assertThat(next.of(in(EXHAUSTED))).contains(Kind.EXHAUSTED);
  }

  @Test
  void oneThatComesBackIsToldAgain() {
    announcer.of(in(OPEN));
    announcer.of(in(RECOVERED));
    assertThat(announcer.of(in(TREATING))).contains(Kind.OPENED);
  }

  @Test
  void oneThatIsSeenOnlyWhenItIsClosedIsToldAsOne() {
    assertThat(announcer.of(in(RECOVERED))).isPresent();
    assertThat(announcer.of(in(RECOVERED))).isEmpty();
  }
}
