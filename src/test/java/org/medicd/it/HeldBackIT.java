package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.rungs;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A burner that medicd sees and may not touch. */
@Tag("alone")
@Tag("once")
class HeldBackIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Writes down every signal that it could be sent but KILL, and lives on. */
  private static final String COUNTING =
      """
      for signal in TERM HUP INT QUIT CONT CHLD USR1 USR2; do
        trap "echo $signal >> '%s'" $signal
      done
      while :; do :; done
      """;

  @TempDir Path folder;
  private Path burner;
  private Path received;

  @BeforeEach
  void program() throws IOException {
    burner = TestProcess.shell(folder, "burner");
    received = folder.resolve("received");
  }

  private String yaml(String mode, int hostPercent) throws IOException {
    return """
        mode: %s
        tick: 200ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: %d }
        """
        .formatted(mode, RunningDaemon.impatientRules(folder), burner, hostPercent);
  }

  private TestProcess burn() throws IOException {
    return TestProcess.run(burner, COUNTING.formatted(received));
  }

  @Test
  void inObserveModeTheLadderIsOnlyRehearsed() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("observe", 0));
        TestProcess process = burn()) {
      JsonObject incident =
          daemon.awaitIncident(
              "cpu-runaway", process.pid(), LONG, RunningDaemon.inState("exhausted"));
      assertThat(rungs(incident))
          .contains("term rehearsed", "kill rehearsed")
          .noneMatch(rung -> rung.matches("(term|kill|restart-unit) allowed.*"));
      assertThat(process.lives()).isTrue();
      assertThat(received).doesNotExist();
    }
  }

  @Test
  void whileTheHostDoesNotSufferItOnlyTells() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("act", 100));
        TestProcess process = burn()) {
      JsonObject incident =
          daemon.awaitIncident(
              "cpu-runaway",
              process.pid(),
              LONG,
              seen -> rungs(seen).stream().anyMatch(rung -> rung.startsWith("term")));
      assertThat(rungs(incident)).last().isEqualTo("term refused by gate");
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(8))
          .until(
              () -> rungs(daemon.incident("cpu-runaway", process.pid()).orElseThrow()),
              rungs(incident)::equals);
      assertThat(process.lives()).isTrue();
      assertThat(received).doesNotExist();
    }
  }
}
