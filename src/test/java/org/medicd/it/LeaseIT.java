package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.done;
import static org.medicd.it.RunningDaemon.id;
import static org.medicd.it.TestProcess.BY_TERM;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule of the admin's own stops a burner; medicd must never leave it stopped. */
@Tag("once")
class LeaseIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Sooner than the patience of the stop, so that the next rung did not let it run. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String HOLD =
      """
      package org.example.hold;

      rule "treatment: hold the burner" salience 10
      when
          $d : Diagnosis( name == "cpu-runaway" )
      then
          medic.treat($d).stop("%s").term("5s");
      end
      """;

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void program() throws IOException {
    program = TestProcess.shell(folder, "burner");
  }

  private String yaml(String stopPatience) throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.copy(RunningDaemon.tree().resolve("rules/cpu.drl"), rules.resolve("cpu.drl"));
    Files.writeString(rules.resolve("hold.drl"), HOLD.formatted(stopPatience));
    return """
        mode: act
        tick: 200ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: 0 }
        """
        .formatted(rules, program);
  }

  private TestProcess burn() throws IOException {
    return TestProcess.run(program, "while :; do :; done");
  }

  private static JsonObject awaitStop(RunningDaemon daemon, TestProcess burner) {
    JsonObject incident =
        daemon.awaitIncident(
            "cpu-runaway", burner.pid(), LONG, seen -> done(seen).contains("stop"));
    assertThat(burner.state()).isEqualTo('T');
    return incident;
  }

  private static void awaitThatItRuns(TestProcess burner) {
    await("it runs again").atMost(SOON).until(() -> burner.state() == 'R');
  }

  @Test
  void whatWasStoppedRunsAgainAfterACrashOfTheDaemonAndTheIncidentGoesOn() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("60s"));
        TestProcess burner = burn()) {
      JsonObject before = awaitStop(daemon, burner);
      daemon.crash();
      assertThat(burner.state()).isEqualTo('T');
      daemon.restart();

      awaitThatItRuns(burner);
      JsonObject after = daemon.incident("cpu-runaway", burner.pid()).orElseThrow();
      assertThat(id(after)).isEqualTo(id(before));
      assertThat(after.get("closedAt").isJsonNull()).isTrue();
      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
    }
  }

  @Test
  void whatWasStoppedRunsAgainWhileMedicdIsPaused() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("60s"));
        TestProcess burner = burn()) {
      JsonObject before = awaitStop(daemon, burner);
      daemon.client().command("pause");
      awaitThatItRuns(burner);
      JsonObject paused = daemon.incident("cpu-runaway", burner.pid()).orElseThrow();
      assertThat(id(paused)).isEqualTo(id(before));
      assertThat(paused.get("closedAt").isJsonNull()).isTrue();
    }
  }

  @Test
  void whatWasStoppedRunsAgainAfterACleanStop() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("60s"));
        TestProcess burner = burn()) {
      JsonObject before = awaitStop(daemon, burner);
      assertThat(daemon.stop()).isZero();
      awaitThatItRuns(burner);
      daemon.restart();
      awaitThatItRuns(burner);
      JsonObject after = daemon.incident("cpu-runaway", burner.pid()).orElseThrow();
      assertThat(id(after)).isEqualTo(id(before));
      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
    }
  }

  @Test
  void aPauseOutlivesTheDaemon() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("60s"));
        TestProcess burner = burn()) {
      awaitStop(daemon, burner);
      daemon.client().commandWith("pause", List.of("reason", "a deploy"));
      daemon.crash();
      daemon.restart();
      assertThat(daemon.client().status()).contains("\"reason\":\"a deploy\"");
      JsonObject paused =
          daemon.awaitIncident(
              "cpu-runaway",
              burner.pid(),
              LONG,
              seen -> seen.toString().contains("medicd is paused by root"));
      assertThat(paused.get("closedAt").isJsonNull()).isTrue();
      assertThat(burner.state()).isEqualTo('R');
      daemon.client().command("resume");
      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
    }
  }

  @Test
  void termReachesWhatIsStopped() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml("2s"));
        TestProcess burner = burn()) {
      awaitStop(daemon, burner);
      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
    }
  }
}
