package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.RunningDaemon.done;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.RunningDaemon.rungs;
import static org.medicd.it.TestProcess.BY_KILL;
import static org.medicd.it.TestProcess.BY_TERM;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Burners under the shipped rules, with the shipped patience. */
class CpuRunawayIT {
  private static final Duration LONG = Duration.ofSeconds(45);

  /** Busy for 30 ms of every 100 ms. */
  private static final String THIRTY_PERCENT =
      """
      import time
      while True:
          end = time.perf_counter() + 0.03
          while time.perf_counter() < end: pass
          time.sleep(0.07)
      """;

  @TempDir Path folder;

  @Test
  void endsBurnersRungByRungAndLeavesTheirNeighboursAlone() throws Exception {
    Path stubborn = TestProcess.shell(folder, "stubborn");
    Path obedient = TestProcess.shell(folder, "obedient");
    Path busy = TestProcess.python(folder, "busy");
    Path idle = TestProcess.shell(folder, "idle");
    String yaml =
        """
        mode: act
        tick: 250ms
        scope: { processes: [%s, %s, %s, %s] }
        limits:
          cpu-runaway: { cpu-percent: 75, for: 2s, host-percent: 0 }
        """
            .formatted(stubborn, obedient, busy, idle);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess neighbour = TestProcess.run(busy, THIRTY_PERCENT);
        TestProcess sleeper = TestProcess.run(idle, "while :; do /bin/sleep 1; done");
        TestProcess ignoring = TestProcess.run(stubborn, "trap '' TERM; while :; do :; done");
        TestProcess obeying = TestProcess.run(obedient, "while :; do :; done")) {
      assertThat(obeying.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
      assertThat(ignoring.lives()).isTrue();
      assertThat(ignoring.exitStatus(LONG, daemon)).isEqualTo(BY_KILL);

      JsonObject killed =
          daemon.awaitIncident("cpu-runaway", ignoring.pid(), LONG, inState("recovered"));
      assertThat(done(killed)).containsExactly("capture", "term", "kill");
      JsonObject ended =
          daemon.awaitIncident("cpu-runaway", obeying.pid(), LONG, inState("recovered"));
      assertThat(rungs(ended)).containsExactly("capture allowed done", "term allowed done");

      assertThat(neighbour.lives()).isTrue();
      assertThat(sleeper.lives()).isTrue();
      assertThat(daemon.incident("cpu-runaway", neighbour.pid())).isEmpty();
      assertThat(daemon.incident("cpu-runaway", sleeper.pid())).isEmpty();
    }
  }
}
