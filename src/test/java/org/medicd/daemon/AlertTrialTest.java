package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.daemon.AlertTrial.End;
import org.medicd.daemon.AlertTrial.Result;
import org.medicd.notify.mail.FakeMailServer;
import org.medicd.notify.mail.FakeMailServer.Manner;

/** What medic alert test does. */
class AlertTrialTest {
  @TempDir Path folder;

  @BeforeEach
  void nobodyElseMayWrite() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path config(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("medicd.yaml"), yaml);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private Path config(FakeMailServer server) throws IOException {
    return config(
        "alerts: { email: { host: 127.0.0.1, port: %d, tls: none, to: [ops@example.org] } }"
            .formatted(server.port()));
  }

  @Test
  void aMailThatSaysThatItIsATestIsSent() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      Result result = AlertTrial.run(config(server), "email", false);
      assertThat(result.end()).isEqualTo(End.WELL);
      assertThat(server.received).hasSize(1);
      assertThat(server.received.get(0).header("Subject")).contains("test opened: the host");
      assertThat(server.received.get(0).data()).contains("nothing is wrong");
      assertThat(result.text())
          .isEqualTo(
              "email: the test was taken, as " + server.received.get(0).header("Message-ID"));
    }
  }

  @Test
  void shownItIsNotSent() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      Result result = AlertTrial.run(config(server), "email", true);
      assertThat(result.end()).isEqualTo(End.WELL);
      assertThat(result.text())
          .contains("To: ops@example.org\nSubject: ", "nothing is wrong", "<!DOCTYPE html>");
      assertThat(server.received).isEmpty();
    }
  }

  @Test
  void whatTheServerSaidIsTold() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.REFUSES_RECEIVERS)) {
      Result result = AlertTrial.run(config(server), "email", false);
      assertThat(result.end()).isEqualTo(End.BADLY);
      assertThat(result.text())
          .contains("mail server 127.0.0.1:" + server.port())
          .contains("ops@example.org: 550 5.1.1 nobody here");
    }
  }

  @Test
  void aChannelThatThereIsNotIsAnsweredWithThoseThatThereAre() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      Result result = AlertTrial.run(config(server), "mail", false);
      assertThat(result.end()).isEqualTo(End.UNUSABLE);
      assertThat(result.text())
          .isEqualTo("there is no channel 'mail' here, but email; did you mean 'email'?");
    }
    assertThat(AlertTrial.run(config("mode: observe"), "email", false).text())
        .contains("no channel is configured");
  }

  @Test
  void aConfigurationThatIsWrongIsNotUsed() throws Exception {
    Result result = AlertTrial.run(config("alerts: { emial: {} }"), "email", false);
    assertThat(result.end()).isEqualTo(End.UNUSABLE);
    assertThat(result.text()).contains("medicd.yaml:1: unknown key");
    Path open = config("mode: observe");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(AlertTrial.run(open, "email", false).text()).contains("writable by");
  }
}
