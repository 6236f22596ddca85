package org.medicd.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsSystemd
class MedicdServiceIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Stands for the daemon, which these tests do not need; it cannot report as the main process. */
  private static final String STUB =
      "#!/bin/sh\ntouch /run/medicd/intent-of-$$\nsystemd-notify --ready\nexec sleep 1000\n";

  @Test
  void hasNothingThatSystemdAnalyzeObjectsTo() {
    try (SystemdLab lab = SystemdLab.boot()) {
      install(lab);

      Result verified =
          lab.run(
              LIMIT,
              "systemd-analyze",
              "verify",
              "--man=no",
              "medicd.service",
              "medicd-chore@try.service");

      assertThat(verified.out() + verified.err()).isEmpty();
      assertThat(verified.status()).isZero();
    }
  }

  @Test
  void keepsTheRuntimeFolderUntilItIsStoppedForGood() {
    try (SystemdLab lab = SystemdLab.boot()) {
      install(lab);
      lab.unitFile("medicd.service.d/stub.conf", "[Service]", "NotifyAccess=all", "RestartSec=1ms");
      lab.systemctl("start", "medicd.service");
      String pid = lab.systemctl("show", "--value", "-p", "MainPID", "medicd.service");
      Path intent = lab.inLab(Path.of("/run/medicd/intent-of-" + pid));
      assertThat(intent).exists();

      lab.run(LIMIT, "kill", "-KILL", pid).expectSuccess();
      await()
          .until(
              () -> lab.systemctl("show", "-p", "NRestarts,ActiveState", "medicd.service"),
              state -> state.contains("NRestarts=1") && state.contains("=active"));
      assertThat(intent).exists();

      lab.systemctl("restart", "medicd.service");
      assertThat(intent).exists();

      lab.systemctl("stop", "medicd.service");
      assertThat(intent.getParent()).doesNotExist();
    }
  }

  private static void install(SystemdLab lab) {
    lab.write(Path.of("/usr/share/medicd/bin/medic"), STUB);
    lab.run(LIMIT, "chmod", "+x", "/usr/share/medicd/bin/medic").expectSuccess();
    try {
      lab.write(
          Path.of("/usr/lib/sysusers.d/medicd.conf"),
          Files.readString(Path.of("systemd/medicd.sysusers")));
      lab.run(LIMIT, "systemd-sysusers", "medicd.conf").expectSuccess();
      lab.unitFile("medicd.service", Files.readString(Path.of("systemd/medicd.service")));
      lab.unitFile(
          "medicd-chore@.service", Files.readString(Path.of("systemd/medicd-chore@.service")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
