package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.medicd.config.Settings;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;
import org.medicd.plan.Assessments;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Rung;

/** What the scenarios beside the shipped packs cannot say: why, behind which gate, and pauses. */
class ShippedRulesTest {
  private static final RulePack PACK = pack();

  private final Scene scene = new Scene().memoryUsed(50);
  private final RuleEngine engine =
      new RuleEngine(PACK, Settings.defaults().rules().limits(), ofSeconds(1));
  private Assessment now = Assessments.nothing();

  private static RulePack pack() {
    RulePack.Compiled compiled =
        RulePack.compile(List.of(Path.of("rules")), Settings.defaults().rules().limits());
    assertThat(compiled.problems()).isEmpty();
    return Objects.requireNonNull(compiled.pack());
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = engine.consider(scene.after(ofSeconds(1)));
    }
  }

  private List<Diagnosis> diagnoses() {
    return now.findings().stream().map(Finding::diagnosis).toList();
  }

  @Test
  void aProcessThatDemandsACoreForAMinuteIsARunaway() {
    scene.has(7, process -> process.named("spin").cpu(99.0));
    pass(60);
    assertThat(diagnoses()).isEmpty();
    pass(2);
    assertThat(diagnoses()).containsExactly(new Diagnosis("cpu-runaway", new ProcessId(7, 1000)));
    Finding finding = now.findings().get(0);
    assertThat(finding.because())
        .containsExactly(
            "cpu-hot (pid 7) for 1m: demandAvg10 99 >= 90 (limit cpu-runaway.cpu-percent)");
    List<Rung> rungs = Objects.requireNonNull(finding.treatment()).rungs();
    assertThat(rungs.stream().map(rung -> rung.action().label()))
        .containsExactly("capture", "term", "kill", "restart-unit", "page");
    assertThat(rungs.stream().map(Rung::gate))
        .containsExactly("host-cpu-busy", "host-cpu-busy", "host-cpu-busy", "host-cpu-busy", null);
  }

  @Test
  void aPauseOfTheHostDoesNotCount() {
    scene.has(7, process -> process.cpu(99.0));
    pass(5);
    now = engine.consider(scene.after(ofSeconds(3600)));
    assertThat(diagnoses()).isEmpty();
  }
}
