package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.RunningDaemon.done;
import static org.medicd.it.RunningDaemon.inState;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A burner with a child and a grandchild, ended leaf first. */
@Tag("once")
class FamilyIT {
  private static final Duration LONG = Duration.ofSeconds(45);

  private static final String RULES =
      """
      package ours.family;

      rule "treatment: family" salience 10
      when
          $d : Diagnosis( name == "cpu-runaway" )
      then
          medic.treat($d).termFamily("2s").killFamily("2s").page();
      end
      """;

  /** The grandparent burns and obeys TERM, its child ignores TERM, its grandchild obeys. */
  private static final String GENERATIONS =
      """
      import os, signal, time
      def rest():
          while True: time.sleep(100)
      if os.fork() == 0:
          signal.signal(signal.SIGTERM, signal.SIG_IGN)
          if os.fork() == 0:
              signal.signal(signal.SIGTERM, signal.SIG_DFL)
          rest()
      while True: pass
      """;

  @TempDir Path folder;

  @Test
  void endsAFamilyLeafFirstAndIsNotDoneBeforeTheLast() throws Exception {
    Path program = TestProcess.python(folder, "generations");
    Path rules = RunningDaemon.impatientRules(folder);
    Files.writeString(rules.resolve("family.drl"), RULES);
    String yaml =
        """
        mode: act
        tick: 250ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 75, for: 2s, host-percent: 0 }
        """
            .formatted(rules, program);
    try (TestProcess burner = TestProcess.run(program, GENERATIONS)) {
      ProcessHandle child = ProcessHandle.of(burner.child()).orElseThrow();
      ProcessHandle grandchild = TestProcess.onlyChildOf(child);
      try (RunningDaemon daemon = RunningDaemon.start(folder, yaml)) {
        assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(TestProcess.BY_TERM);
        JsonObject ended =
            daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));

        assertThat(done(ended)).containsExactly("term-family", "kill-family");
        assertThat(outcomes(ended))
            .containsExactly(
                "SIGTERM to pid %d, pid %d, pid %d"
                    .formatted(grandchild.pid(), child.pid(), burner.pid()),
                "SIGKILL to pid " + child.pid());
        assertThat(List.of(child, grandchild)).noneMatch(ProcessHandle::isAlive);
      } finally {
        grandchild.destroyForcibly();
        child.destroyForcibly();
      }
    }
  }

  private static List<String> outcomes(JsonObject incident) {
    return DaemonInLab.rungs(incident).stream()
        .map(rung -> rung.getAsJsonObject("outcome").get("reason").getAsString())
        .toList();
  }
}
