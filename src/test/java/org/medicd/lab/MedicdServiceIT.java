package org.medicd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsSystemd
class MedicdServiceIT {
  @Test
  void hasNothingThatSystemdAnalyzeObjectsTo() throws IOException {
    try (SystemdLab lab = SystemdLab.boot()) {
      lab.write(Path.of("/usr/share/medicd/bin/medic"), "#!/bin/sh\n");
      lab.run(Duration.ofSeconds(10), "chmod", "+x", "/usr/share/medicd/bin/medic").expectSuccess();
      lab.unitFile("medicd.service", Files.readString(Path.of("systemd/medicd.service")));

      Result verified =
          lab.run(
              Duration.ofSeconds(30),
              "systemd-analyze",
              "verify",
              "--man=no",
              "--recursive-errors=no",
              "medicd.service");

      assertThat(verified.out() + verified.err()).isEmpty();
      assertThat(verified.status()).isZero();
    }
  }
}
