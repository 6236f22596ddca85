package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medicd.config.Settings;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.GroupId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Rung;

/** The shipped packs with the default limits, on the pseudo clock. */
class ShippedRulesTest {
  private static final RulePack PACK = pack();

  private final Scene scene = new Scene();
  private final RuleEngine engine =
      new RuleEngine(PACK, Settings.defaults().limits(), ofSeconds(1));
  private Assessment now = new Assessment(List.of(), java.util.Set.of());

  private static RulePack pack() {
    RulePack.Compiled compiled =
        RulePack.compile(List.of(Path.of("rules")), Settings.defaults().limits());
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
        .containsExactly("cpu-hot (pid 7): demandAvg10 99 >= 90 (limit cpu-runaway.cpu-percent)");
    List<Rung> rungs = Objects.requireNonNull(finding.treatment()).rungs();
    assertThat(rungs.stream().map(rung -> rung.action().label()))
        .containsExactly("capture", "term", "kill", "restart-unit", "page");
    assertThat(rungs.stream().map(Rung::gate))
        .containsExactly("host-cpu-busy", "host-cpu-busy", "host-cpu-busy", "host-cpu-busy", null);
  }

  @Test
  void aBreakStartsTheMinuteAnew() {
    scene.has(7, process -> process.cpu(99.0));
    pass(50);
    scene.has(7, process -> process.cpu(20.0));
    pass(1);
    scene.has(7, process -> process.cpu(99.0));
    pass(50);
    assertThat(diagnoses()).isEmpty();
  }

  @Test
  void aDiagnosisGoesWithItsCondition() {
    scene.has(7, process -> process.cpu(99.0));
    pass(62);
    assertThat(diagnoses()).hasSize(1);
    scene.has(7, process -> process.cpu(5.0));
    pass(1);
    assertThat(diagnoses()).isEmpty();
  }

  @Test
  void aPauseOfTheHostDoesNotCount() {
    scene.has(7, process -> process.cpu(99.0));
    pass(5);
    now = engine.consider(scene.after(ofSeconds(3600)));
    assertThat(diagnoses()).isEmpty();
  }

  @Test
  void unknownDemandIsNoDemand() {
    scene.has(7, process -> process.cpu(null));
    pass(70);
    assertThat(diagnoses()).isEmpty();
  }

  @Test
  void kernelThreadsAreNotJudged() {
    scene.has(7, process -> process.cpu(99.0).kernelThread().exempt());
    pass(70);
    assertThat(diagnoses()).isEmpty();
  }

  @Test
  void steadyGrowthIsALeak() {
    scene.has(8, process -> process.growth(2.0 * (1L << 30), 600L << 20));
    pass(40);
    assertThat(diagnoses()).containsExactly(new Diagnosis("memory-leak", new ProcessId(8, 1000)));
  }

  @Test
  void theGateFollowsTheHost() {
    scene.has(7, process -> process.cpu(99.0)).hostCpu(50);
    pass(2);
    assertThat(now.holds("host-cpu-busy")).isFalse();
    scene.hostCpu(85);
    pass(1);
    assertThat(now.holds("host-cpu-busy")).isTrue();
  }

  @Test
  void onlyParentsWithAShareOfTheZombiesAreSubjects() {
    scene.zombies(150).has(20, p -> p.zombies(140)).has(21, p -> p.zombies(9)).has(22, p -> p);
    pass(12);
    assertThat(diagnoses()).containsExactly(new Diagnosis("zombie-storm", new ProcessId(20, 1000)));
  }

  @Test
  void zombiesBelowTheHostsLimitAreNoStorm() {
    scene.zombies(99).has(20, p -> p.zombies(99));
    pass(20);
    assertThat(diagnoses()).isEmpty();
  }

  @Test
  void manyStuckOnOneFileSystemAreOneIncident() {
    FilesystemId disk = new FilesystemId("/data", "/dev/loop0");
    IntStream.range(100, 120).forEach(pid -> scene.has(pid, p -> p.blocked(30, disk)));
    IntStream.range(200, 203)
        .forEach(
            pid -> scene.has(pid, p -> p.blocked(30, new GroupId("tasks waiting in rpc_wait"))));
    pass(32);
    assertThat(diagnoses()).containsExactly(new Diagnosis("d-state-pileup", disk));
    IntStream.range(100, 120).forEach(scene::gone);
    pass(1);
    assertThat(diagnoses()).isEmpty();
  }
}
