package org.medicd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.notify.Notices.incident;
import static org.medicd.notify.Notices.step;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Action.Kind;

class HappeningTest {
  private static final Step TERM = step(Kind.TERM, new Verdict.Allowed(), null);
  private static final Step TERMED = step(Kind.TERM, new Verdict.Allowed(), new Outcome.Done(""));
  private static final Step ASKED =
      step(Kind.KILL, new Verdict.AwaitingApproval(Duration.ofMinutes(15)), null);

  private static Incident burner(IncidentState state, Step... steps) {
    return incident("burner", Severity.WARNING, state, steps.length, steps);
  }

  private static List<String> between(@Nullable Incident before, Incident after) {
    return Happening.between(before, after).stream()
        .map(each -> each.kind() + each.step().map(step -> " " + step.action().label()).orElse(""))
        .toList();
  }

  @Test
  void everyChangeIsOneHappening() {
    Incident opened = burner(IncidentState.OPEN);
    Incident treated = burner(IncidentState.TREATING, TERM);
    Incident done = burner(IncidentState.TREATING, TERMED);
    Incident asked = burner(IncidentState.TREATING, TERMED, ASKED);
    assertThat(between(null, opened)).containsExactly("OPENED");
    assertThat(between(opened, treated)).containsExactly("VERDICT term");
    assertThat(between(treated, done)).containsExactly("OUTCOME term");
    assertThat(between(done, asked)).containsExactly("ASKED kill");
    assertThat(between(asked, asked)).isEmpty();
    assertThat(between(asked, burner(IncidentState.RECOVERED, TERMED, ASKED)))
        .containsExactly("CLOSED");
  }

  @Test
  void whatWasPassedOverIsTheSameInOrder() {
    assertThat(between(null, burner(IncidentState.EXHAUSTED, TERMED, ASKED)))
        .containsExactly("OPENED", "VERDICT term", "OUTCOME term", "ASKED kill", "EXHAUSTED");
  }

  @Test
  void oneThatWasClosedTooEarlyIsOpenedAgain() {
    assertThat(between(burner(IncidentState.RECOVERED), burner(IncidentState.TREATING)))
        .containsExactly("OPENED");
  }

  @Test
  void anotherRungInThePlaceOfOneThatWasTakenBackIsNews() {
    Step kill = step(Kind.KILL, new Verdict.Allowed(), null);
    assertThat(between(burner(IncidentState.TREATING, TERM), burner(IncidentState.TREATING, kill)))
        .containsExactly("VERDICT kill");
  }
}
