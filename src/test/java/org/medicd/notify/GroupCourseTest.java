package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Outcome;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

class GroupCourseTest {
  private static Notice over(IncidentState state, long seconds, Action.Kind... kinds) {
    List<Step> steps = new ArrayList<>();
    for (Action.Kind kind : kinds) {
      steps.add(Notices.step(kind, new Verdict.Allowed(), new Outcome.Done("sent")));
    }
    Incident like = Notices.incident("w", Severity.WARNING, state, 0, steps.toArray(Step[]::new));
    Instant closed = like.openedAt().plusSeconds(seconds);
    return Notices.of(
        Notice.Kind.CLOSED,
        new Incident(
            like.id(),
            like.diagnosis(),
            like.rule(),
            like.severity(),
            like.mode(),
            like.lasted(),
            state,
            like.patient(),
            like.members(),
            like.openedAt(),
            closed,
            "it ended",
            like.because(),
            like.treatment(),
            like.next(),
            like.steps(),
            like.evidence(),
            like.holds()));
  }

  @Test
  void ofThoseThatAreOpenThereIsNothingToTell() {
    assertThat(GroupCourse.of(List.of(Notices.opened(), Notices.exhausted()))).isEmpty();
  }

  @Test
  void tellsHowLongTheyLastedAndWhatCuredThem() {
    List<Notice> all =
        List.of(
            over(IncidentState.RECOVERED, 182, Action.Kind.TERM, Action.Kind.KILL),
            over(IncidentState.RECOVERED, 12, Action.Kind.TERM),
            over(IncidentState.RECOVERED, 12, Action.Kind.TERM));
    assertThat(GroupCourse.of(all))
        .contains("All are over, after 12s to 3m2s. What cured them: term 2, kill 1.");
  }

  @Test
  void whatEndedByItselfWasNotCured() {
    List<Notice> some =
        List.of(
            over(IncidentState.RECOVERED, 5, Action.Kind.TERM),
            over(IncidentState.RECOVERED, 5),
            over(IncidentState.VANISHED, 5, Action.Kind.KILL),
            Notices.opened());
    assertThat(GroupCourse.of(some))
        .contains("3 of 4 are over, after 5s. What cured 1 of them: term 1.");
    assertThat(GroupCourse.of(List.of(over(IncidentState.VANISHED, 5))))
        .contains("All are over, after 5s. medicd did nothing that ended them.");
  }
}
