package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.inState;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.notify.slack.FakeSlack;
import org.medicd.notify.slack.FakeSlack.Shown;

/** A whole daemon and a Slack on loopback: what people see there, and what comes of a press. */
@Tag("once")
class SlackIT {
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final String BOB = "U012AB3CD";
  private static final String BURN = "while :; do :; done";

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void program() throws IOException {
    program = TestProcess.shell(folder, "burner");
  }

  private Path token(String name, String token) throws IOException {
    Path file = Files.writeString(folder.resolve(name), token + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private RunningDaemon daemon(FakeSlack slack) throws IOException {
    return RunningDaemon.start(
        folder,
        """
        mode: approve
        tick: 200ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 2s, host-percent: 0 }
        alerts:
          group-wait: 0s
          slack:
            token-file: %s
            app-token-file: %s
            users: [%s]
            channel: "#ops"
            api-url: %s
          routes: [ { match: ["process=%s"], to: [slack] }, { to: [] } ]
        """
            .formatted(
                RunningDaemon.impatientRules(folder),
                program,
                token("token", "xoxb-test"),
                token("app-token", "xapp-test"),
                BOB,
                slack.api(),
                program));
  }

  /** The message of the burner, once it asks. */
  private static Shown awaitQuestion(FakeSlack slack) {
    return await()
        .atMost(LONG)
        .until(
            () -> slack.roots().stream().filter(each -> each.button("approve") != null).findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  private String audit() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                RunningDaemon.tree().resolve("bin/medic").toString(),
                "audit",
                "--state",
                folder.resolve("state").toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return text;
  }

  @Test
  void aRungIsDoneOnceAPersonPressesApproveAndTheRecordNamesHim() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.socket();
      try (RunningDaemon daemon = daemon(slack);
          TestProcess burner = TestProcess.run(program, BURN)) {
        Shown message = awaitQuestion(slack);
        assertThat(message.blocks.toString())
            .contains("✋", "waits for your answer", "burner (pid " + burner.pid())
            .contains("captured: ");
        assertThat(burner.lives()).isTrue();
        slack.press(message, "approve", "U0STRANGE", "mallory");
        await().atMost(LONG).until(() -> slack.whispers.size() == 1);
        assertThat(burner.lives()).isTrue();
        slack.press(message, "why", BOB, "bob");
        await().atMost(LONG).until(() -> says(slack, message, "bob pressed Why: burner["));
        slack.press(message, "approve", BOB, "bob");
        assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(TestProcess.BY_TERM);
        JsonObject incident =
            daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
        assertThat(RunningDaemon.done(incident)).contains("term");
        assertThat(incident.toString()).contains("approved by slack:U012AB3CD (bob)");
        await().atMost(LONG).until(() -> message.blocks.toString().contains("✅"));
        await().atMost(LONG).until(() -> says(slack, message, "bob pressed Approve: approved"));
        await().atMost(LONG).until(() -> says(slack, message, "What cured it: term"));
        assertThat(message.button("approve")).isNull();
        assertThat(slack.roots()).hasSize(1);
        await()
            .atMost(LONG)
            .untilAsserted(
                () ->
                    assertThat(audit())
                        .contains("by slack:U012AB3CD (bob): " + RunningDaemon.id(incident))
                        .contains("by slack:U0STRANGE (mallory)")
                        .contains(RunningDaemon.id(incident) + ": answered")
                        .contains("refused: alerts.slack.users does not name this user"));
      }
    }
  }

  @Test
  void aRungThatIsDeniedIsLeftOutAndASilenceHoldsForThisIllness() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.socket();
      try (RunningDaemon daemon = daemon(slack);
          TestProcess burner = TestProcess.run(program, BURN)) {
        Shown message = awaitQuestion(slack);
        slack.press(message, "deny", BOB, "bob");
        await().atMost(LONG).until(() -> says(slack, message, "bob pressed Deny: denied"));
        JsonObject incident =
            daemon.awaitIncident(
                "cpu-runaway",
                burner.pid(),
                LONG,
                seen ->
                    RunningDaemon.rungs(seen).stream().anyMatch(each -> each.startsWith("kill")));
        assertThat(RunningDaemon.rungs(incident)).anyMatch(each -> each.startsWith("term refused"));
        assertThat(incident.toString()).contains("slack:U012AB3CD (bob) said no");
        assertThat(burner.lives()).isTrue();
        slack.press(message, "silence", BOB, "bob");
        await().atMost(LONG).until(() -> says(slack, message, "bob pressed Silence"));
        assertThat(daemon.client().status())
            .contains("diagnosis=cpu-runaway", "slack:U012AB3CD (bob)", "process=" + program);
        assertThat(burner.lives()).isTrue();
      }
    }
  }

  private static boolean says(FakeSlack slack, Shown message, String text) {
    return slack.repliesTo(message).stream().anyMatch(each -> each.text.contains(text));
  }

  @Test
  void buttonsOfAnEarlierRunWorkAndTheMessageGoesOn() throws Exception {
    try (FakeSlack slack = new FakeSlack()) {
      slack.socket();
      try (RunningDaemon daemon = daemon(slack);
          TestProcess burner = TestProcess.run(program, BURN)) {
        Shown message = awaitQuestion(slack);
        daemon.crash();
        await().atMost(LONG).until(() -> !slack.socket().isConnected());
        daemon.restart();
        await().atMost(LONG).until(() -> slack.socket().isConnected());
        slack.press(message, "pause", BOB, "bob");
        await().atMost(LONG).until(() -> says(slack, message, "bob pressed Pause: paused"));
        await().atMost(LONG).until(() -> message.blocks.toString().contains("PAUSED"));
        burner.close();
        await().atMost(LONG).until(() -> message.button("silence") == null);
        assertThat(slack.roots()).hasSize(1);
        assertThat(daemon.log()).doesNotContain("xapp-test", "xoxb-test", "secret-ticket");
      }
    }
  }

  @Test
  void withoutSlackNothingOfItIsLoaded() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, "mode: observe\ntick: 200ms\n")) {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(daemon.pid()), "VM.class_hierarchy")
              .redirectErrorStream(true)
              .start();
      List<String> classes =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(classes).anyMatch(each -> each.contains("org.medicd.daemon.Responder"));
      assertThat(classes)
          .noneMatch(
              each ->
                  each.contains("com.slack.")
                      || each.contains("okhttp3.")
                      || each.contains("org.medicd.notify.slack."));
    }
  }
}
