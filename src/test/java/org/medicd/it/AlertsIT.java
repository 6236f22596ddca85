package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.Program;
import org.medicd.lab.Result;
import org.medicd.notify.mail.FakeMailServer;
import org.medicd.notify.mail.FakeMailServer.Manner;
import org.medicd.notify.mail.FakeMailServer.Received;
import org.medicd.notify.mail.Smtpd;
import org.medicd.notify.slack.FakeSlack;
import org.medicd.notify.web.FakeReceiver;

/** What people hear of an incident, from a whole daemon, over real connections on loopback. */
@Tag("once")
class AlertsIT {
  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir Path folder;

  private RunningDaemon daemon(FakeMailServer mail, FakeSlack slack, Path program, String protect)
      throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "xoxb-test\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    return RunningDaemon.start(
        folder,
        """
        mode: act
        tick: 200ms
        scope: { processes: [%s] }
        protect: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 4s, host-percent: 0 } # the channels have begun by then
        alerts:
          group-wait: 0s
          email: { host: 127.0.0.1, port: %d, tls: none, from: medicd@example.org, to: [ops@example.org] }
          slack: { token-file: %s, channel: "#ops", api-url: %s }
          routes: [ { match: ["process=%s"], to: [email, slack] }, { to: [] } ] # others burn, too
        """
            .formatted(program, protect, mail.port(), token, slack.api(), program));
  }

  private Path shell(String name) throws IOException {
    return Files.copy(Path.of("/bin/dash"), folder.resolve(name));
  }

  private static Process burner(Path program) throws IOException {
    return new ProcessBuilder(program.toString(), "-c", "while :; do :; done").start();
  }

  private static List<String> subjects(FakeMailServer mail, String program) {
    return mail.received.stream()
        .map(each -> each.header("Subject"))
        .filter(subject -> subject.contains(program))
        .toList();
  }

  /** The one message about that program, as it is now; empty until there is one. */
  private static String shown(FakeSlack slack, String program) {
    List<FakeSlack.Shown> those =
        slack.roots().stream().filter(each -> each.words().contains(program)).toList();
    assertThat(those).hasSizeLessThan(2);
    return those.isEmpty() ? "" : those.get(0).words();
  }

  @Test
  void oneMailAndOneMessageWhenItOpensAndWhenItCloses() throws Exception {
    Path program = shell("spinner");
    try (FakeMailServer mail = new FakeMailServer(Manner.PLAIN);
        FakeSlack slack = new FakeSlack();
        RunningDaemon daemon = daemon(mail, slack, program, "/nobody")) {
      Process burner = burner(program);
      try {
        await().atMost(LONG).until(() -> subjects(mail, "spinner").size() == 2);
      } finally {
        burner.destroyForcibly();
      }
      List<String> subjects = subjects(mail, "spinner");
      assertThat(subjects.get(0)).contains("cpu-runaway opened", "pid " + burner.pid());
      assertThat(subjects.get(1)).contains("cpu-runaway recovered");
      Received closed = mail.received.get(mail.received.size() - 1);
      assertThat(closed.receivers()).containsExactly("ops@example.org");
      await().atMost(LONG).until(() -> shown(slack, "spinner").contains("recovered"));
      assertThat(slack.posted.get(0).authorization()).isEqualTo("Bearer xoxb-test");
    }
  }

  @Test
  void peopleAreCalledWhereMedicdMayNotActAndSlackThatHangsDelaysNothing() throws Exception {
    Path program = shell("guarded");
    try (FakeMailServer mail = new FakeMailServer(Manner.PLAIN);
        FakeSlack hanging = new FakeSlack(200, null);
        RunningDaemon daemon = daemon(mail, hanging, program, program.toString())) {
      Process burner = burner(program);
      try {
        await().atMost(LONG).until(() -> subjects(mail, "guarded").size() == 2);
        assertThat(burner.isAlive()).isTrue();
      } finally {
        burner.destroyForcibly();
      }
      await().atMost(LONG).until(() -> subjects(mail, "guarded").size() == 3);
      assertThat(subjects(mail, "guarded").get(1)).contains("cpu-runaway needs a person");
      assertThat(subjects(mail, "guarded").get(2)).contains("cpu-runaway vanished");
      assertThat(daemon.log()).doesNotContain("a tick failed");
    }
  }

  /** Each of them once, whoever was down meanwhile: the server, the daemon, or both. */
  @Test
  void whatCouldNotBeDeliveredIsDeliveredOnceByTheNextDaemon() throws Exception {
    Path program = shell("waiting");
    Path password = Files.writeString(folder.resolve("password"), "pass word\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Process burner = burner(program);
    try (Smtpd mail = Smtpd.start(folder.resolve("mail"))) {
      mail.obey(Map.of("user", "medicd", "password", "pass word"));
      mail.stop();
      String yaml =
          """
          mode: observe
          tick: 200ms
          scope: { processes: [%s] }
          limits:
            cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: 0 }
          alerts:
            group-wait: 0s
            email:
              host: 127.0.0.1
              port: %d
              tls: starttls
              user: medicd
              password-file: %s
              from: medicd@example.org
              to: [ops@example.org]
            routes: [ { match: ["process=%s"], to: [email] }, { to: [] } ]
          """
              .formatted(program, mail.server().port(), password, program);
      try (RunningDaemon daemon = RunningDaemon.start(folder, yaml)) {
        await().atMost(LONG).until(() -> daemon.log().contains("email: try 2 failed"));
        daemon.crash();
        mail.restart();
        daemon.restart();
        await().atMost(LONG).until(() -> mail.taken().size() == 1);
        daemon.crash();
        burner.destroyForcibly();
        daemon.restart();
        await().atMost(LONG).until(() -> mail.taken().size() == 2);
        daemon.stop();
        daemon.restart();
        daemon.stop(); // what waited was tried once more
        assertThat(daemon.log()).doesNotContain("pass word");
      }
      assertThat(mail.taken())
          .hasSize(2)
          .allMatch(each -> each.encrypted() && each.authenticated())
          .allMatch(each -> each.to().equals(List.of("ops@example.org")));
      Smtpd.Taken first = mail.taken().get(0);
      Smtpd.Taken second = mail.taken().get(1);
      assertThat(first.header("Subject")).contains("cpu-runaway");
      assertThat(second.header("Subject")).contains("cpu-runaway vanished");
      assertThat(second.header("In-Reply-To")).isEqualTo(first.id());
    } finally {
      burner.destroyForcibly();
    }
  }

  /** The old server is gone, and the mail waits for it: it goes by the new one, once. */
  @Test
  void aReloadGivesWhatWaitsToTheNewServer() throws Exception {
    Path program = shell("reloaded");
    FakeMailServer gone = new FakeMailServer(Manner.PLAIN);
    gone.close();
    String yaml =
        """
        mode: observe
        tick: 200ms
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: 0 }
        alerts:
          group-wait: 0s
          email: { host: 127.0.0.1, port: %%d, tls: none, from: medicd@example.org, to: [ops@example.org] }
          routes: [ { match: ["process=%s"], to: [email] }, { to: [] } ]
        """
            .formatted(program, program);
    Process burner = burner(program);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml.formatted(gone.port()));
        FakeMailServer mail = new FakeMailServer(Manner.PLAIN)) {
      await().atMost(LONG).until(() -> daemon.log().contains("email: try 2 failed"));
      assertThat(daemon.client().status()).contains("mail server 127.0.0.1:" + gone.port());
      Files.writeString(folder.resolve("medicd.yaml"), yaml.formatted(mail.port()));
      daemon.client().command("reload");
      await().atMost(LONG).until(() -> subjects(mail, "reloaded").size() == 1);
      burner.destroyForcibly();
      await().atMost(LONG).until(() -> subjects(mail, "reloaded").size() == 2);
      daemon.stop(); // what waited was tried once more
      assertThat(subjects(mail, "reloaded")).hasSize(2);
      assertThat(subjects(mail, "reloaded").get(1)).contains("cpu-runaway vanished");
      assertThat(mail.received.get(1).header("In-Reply-To"))
          .isEqualTo(mail.received.get(0).header("Message-ID"));
      assertThat(Files.readAllLines(folder.resolve("state/alerts.log")))
          .anyMatch(line -> line.contains(" cpu-runaway opened reloaded[" + burner.pid() + "]"))
          .anyMatch(line -> line.contains(" cpu-runaway vanished reloaded[" + burner.pid() + "]"));
    } finally {
      burner.destroyForcibly();
    }
  }

  @Test
  void aChannelIsTriedByTheCommandAlone() throws Exception {
    try (FakeMailServer mail = new FakeMailServer(Manner.PLAIN)) {
      String yaml =
          "alerts: { email: { host: 127.0.0.1, port: %d, tls: none, to: [ops@example.org] } }";
      Path config = Files.writeString(folder.resolve("medicd.yaml"), yaml.formatted(mail.port()));
      Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
      String medic = System.getProperty("medicd.tree") + "/bin/medic";
      Result sent =
          Program.run(
              LONG, List.of(medic, "alert", "test", "email", "--config", config.toString()));
      assertThat(sent.status()).as(sent.toString()).isZero();
      assertThat(mail.received).hasSize(1);
      assertThat(mail.received.get(0).data()).contains("multipart/alternative", "nothing is wrong");
      mail.close();
      Result refused =
          Program.run(
              LONG, List.of(medic, "alert", "test", "email", "--config", config.toString()));
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.toString()).contains("Connection refused");
    }
  }

  /**
   * A channel that is down, is back, and refuses what it is sent: nobody would hear of anything.
   */
  @Test
  void theHeartbeatEndsWhileAChannelDeliversNothing() throws Exception {
    Path program = shell("unheard");
    Process burner = burner(program);
    try (FakeReceiver beats = new FakeReceiver(200);
        FakeReceiver pager = new FakeReceiver(503)) {
      Path address = Files.writeString(folder.resolve("beat"), beats.at("/beat") + "\n");
      Files.setPosixFilePermissions(address, PosixFilePermissions.fromString("rw-------"));
      String yaml =
          """
          mode: observe
          tick: 200ms
          scope: { processes: [%s] }
          limits:
            cpu-runaway: { cpu-percent: 50, for: 4s, host-percent: 0 }
          alerts:
            group-wait: 0s
            webhooks: [ { name: pager, url: "%s", at-least: info } ]
            heartbeat: { url-file: %s, every: 10s, patience: 10s }
            routes: [ { match: ["process=%s"], to: [pager] }, { to: [] } ]
          """
              .formatted(program, pager.at("/"), address, program);
      try (RunningDaemon daemon = RunningDaemon.start(folder, yaml)) {
        await().atMost(LONG).until(() -> !beats.received.isEmpty());
        awaitSilence(daemon, beats);
        pager.answer(FakeReceiver.Reply.of(200));
        awaitBeat(beats);
        pager.answer(FakeReceiver.Reply.of(400));
        burner.destroyForcibly();
        await().atMost(LONG).until(() -> daemon.log().contains("pager: try 1 failed, given up"));
        awaitSilence(daemon, beats);
        daemon.client().command("reload");
        awaitBeat(beats);
        assertThat(daemon.client().status()).doesNotContain("not called");
      }
    } finally {
      burner.destroyForcibly();
    }
  }

  private static void awaitSilence(RunningDaemon daemon, FakeReceiver beats) throws IOException {
    await()
        .atMost(LONG)
        .until(() -> daemon.client().status().contains("not called: pager has delivered nothing"));
    int before = beats.received.size();
    await()
        .during(Duration.ofSeconds(12))
        .atMost(LONG)
        .until(() -> beats.received.size() == before);
  }

  private static void awaitBeat(FakeReceiver beats) {
    int before = beats.received.size();
    await().atMost(Duration.ofSeconds(80)).until(() -> beats.received.size() > before);
  }

  /** Whoever knows the address of a chat may write there. */
  @Test
  void anAddressThatIsASecretIsNotTold() throws Exception {
    Path program = shell("hooked");
    Process burner = burner(program);
    try (FakeReceiver chat =
        new FakeReceiver(call -> FakeReceiver.Reply.of(404, "Cannot POST " + call.path()))) {
      Path address = folder.resolve("address");
      Files.writeString(address, "hooks.example/s3cret\n");
      Files.setPosixFilePermissions(address, PosixFilePermissions.fromString("rw-------"));
      String yaml =
          """
          mode: observe
          tick: 200ms
          scope: { processes: [%s] }
          limits:
            cpu-runaway: { cpu-percent: 50, for: 2s, host-percent: 0 }
          alerts:
            group-wait: 0s
            webhooks: [ { name: chat, url-file: %s, at-least: info } ]
            routes: [ { match: ["process=%s"], to: [chat] }, { to: [] } ]
          """
              .formatted(program, address, program);
      Path config = Files.writeString(folder.resolve("medicd.yaml"), yaml);
      String medic = RunningDaemon.tree().resolve("bin/medic").toString();
      Result checked = Program.run(LONG, List.of(medic, "check", "--config", config.toString()));
      assertThat(checked.status()).isEqualTo(1);
      assertThat(checked.toString())
          .contains("url-file: " + address + " holds no address as https://")
          .doesNotContain("s3cret");
      Files.writeString(address, chat.at("/services/s3cret") + "\n");
      try (RunningDaemon daemon = RunningDaemon.start(folder, yaml)) {
        await().atMost(LONG).until(() -> daemon.log().contains("chat: try 1 failed"));
        String incident = RunningDaemon.id(daemon.incidents().get(0));
        assertThat(daemon.client().status()).contains("Cannot POST …");
        chat.answer(FakeReceiver.Reply.of(200));
        await().atMost(LONG).until(() -> daemon.client().status().contains("\"delivered\":1"));
        assertThat(chat.received.get(0).path()).isEqualTo("/services/s3cret");
        assertThat(daemon.client().status() + daemon.client().incident(incident) + daemon.log())
            .doesNotContain("s3cret");
        assertThat(folder.resolve("state/alerts.log")).content().doesNotContain("s3cret");
      }
    } finally {
      burner.destroyForcibly();
    }
  }

  @Test
  void whatWaitsForAChannelThatIsGoneIsGivenUpWithALastLine() throws Exception {
    Path program = shell("forgotten");
    FakeMailServer gone = new FakeMailServer(Manner.PLAIN);
    gone.close();
    String yaml =
        """
        mode: observe
        tick: 200ms
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: 0 }
        """
            .formatted(program);
    String email =
        """
        alerts:
          group-wait: 0s
          email: { host: 127.0.0.1, port: %d, tls: none, from: medicd@example.org, to: [ops@example.org] }
        """
            .formatted(gone.port());
    Process burner = burner(program);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml + email)) {
      await().atMost(LONG).until(() -> daemon.log().contains("email: try 2 failed"));
      Files.writeString(folder.resolve("medicd.yaml"), yaml);
      daemon.client().command("reload");
      await()
          .atMost(LONG)
          .until(
              () ->
                  Files.readAllLines(folder.resolve("state/alerts.log")).stream()
                      .anyMatch(
                          line ->
                              line.contains(" undelivered email: ")
                                  && line.endsWith(": the channel was removed")));
      assertThat(daemon.client().status()).doesNotContain("mail server");
    } finally {
      burner.destroyForcibly();
    }
  }
}
