package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.done;
import static org.medicd.it.RunningDaemon.id;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.TestProcess.BY_KILL;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon is killed and started again, or reads its rules anew, after it sent TERM. */
@Tag("once")
class ContinuityIT {
  private static final Duration LONG = Duration.ofSeconds(45);

  /** Two seconds after TERM, in the rules of these tests; the rest is the readiness' delay. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  @TempDir Path folder;
  private Path program;
  private Path terms;
  private String yaml;

  @BeforeEach
  void program() throws IOException {
    program = TestProcess.shell(folder, "burner");
    terms = folder.resolve("terms");
    yaml =
        """
        mode: act
        tick: 200ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: 0 }
        """
            .formatted(RunningDaemon.impatientRules(folder), program);
  }

  private JsonObject awaitTerm(RunningDaemon daemon, TestProcess burner) {
    JsonObject treated =
        daemon.awaitIncident(
            "cpu-runaway", burner.pid(), LONG, incident -> done(incident).contains("term"));
    await("TERM").until(() -> Files.exists(terms));
    return treated;
  }

  @Test
  void theLadderGoesOnWhereItWasWithoutASecondTerm() throws Exception {
    String counting = "trap \"echo TERM >> '%s'\" TERM; while :; do :; done".formatted(terms);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess burner = TestProcess.run(program, counting)) {
      JsonObject before = awaitTerm(daemon, burner);
      daemon.crash();
      assertThat(burner.lives()).isTrue();
      daemon.restart();
      long restarted = System.nanoTime();

      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_KILL);
      assertThat(Duration.ofNanos(System.nanoTime() - restarted)).isGreaterThan(PATIENCE);
      assertThat(Files.readAllLines(terms)).containsExactly("TERM");
      JsonObject after =
          daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
      assertThat(id(after)).isEqualTo(id(before));
      assertThat(done(after)).endsWith("kill");
    }
  }

  @Test
  void whatNoLongerBurnsIsNotKilledAfterTheRestart() throws Exception {
    String givesWay =
        "trap \"echo TERM >> '%s'; while :; do /bin/sleep 1; done\" TERM; while :; do :; done"
            .formatted(terms);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess burner = TestProcess.run(program, givesWay)) {
      awaitTerm(daemon, burner);
      daemon.crash();
      daemon.restart();

      JsonObject after =
          daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
      assertThat(done(after)).doesNotContain("kill");
      assertThat(burner.lives()).isTrue();
      assertThat(Files.readAllLines(terms)).containsExactly("TERM");
    }
  }

  @Test
  void aReloadIsNotTakenForACure() throws Exception {
    String ignoring = "trap \"echo TERM >> '%s'\" TERM; while :; do :; done".formatted(terms);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess burner = TestProcess.run(program, ignoring)) {
      JsonObject before = awaitTerm(daemon, burner);
      daemon.client().command("reload");

      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_KILL);
      JsonObject after =
          daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
      assertThat(id(after)).isEqualTo(id(before));
      assertThat(Files.readAllLines(terms)).containsExactly("TERM");
    }
  }
}
