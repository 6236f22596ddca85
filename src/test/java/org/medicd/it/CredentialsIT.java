package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Secrets that systemd hands over: the address of the heartbeat is one. */
@NeedsSystemd
@Tag("once")
class CredentialsIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Path KEPT = Path.of("/etc/secrets/beat");

  @BeforeAll
  static void boot() throws IOException {
    install("mode: observe\nalerts: { heartbeat: { url-file: beat, every: 10s } }\n");
    lab.write(KEPT, "http://127.0.0.1:8099/s3cret\n");
    lab.run(LONG, "chmod", "600", KEPT.toString()).expectSuccess();
    lab.unitFile(
        "called.service",
        "[Service]",
        "ExecStart=/usr/bin/python3 -u -m http.server --bind 127.0.0.1 8099");
    lab.systemctl("start", "called.service");
  }

  private static String journal(String unit) {
    return lab.run(LONG, "journalctl", "-b", "-o", "cat", "-u", unit).expectSuccess();
  }

  @Test
  void areUsedAndNeverTold() throws IOException {
    daemon.start();
    await().atMost(LONG).until(() -> journal(DaemonInLab.SERVICE).contains("LoadCredential=beat"));
    daemon.override("[Service]", "LoadCredential=beat:" + KEPT);
    lab.systemctl("restart", DaemonInLab.SERVICE);
    await().atMost(LONG).until(() -> journal("called.service").contains("GET /s3cret"));
    assertThat(journal(DaemonInLab.SERVICE)).doesNotContain("s3cret");
    assertThat(daemon.medic("status", "--json").out()).contains("heartbeat");
    assertThat(daemon.medic("status", "--json").out()).doesNotContain("s3cret");
  }
}
