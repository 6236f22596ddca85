package org.medicd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsSystemd
class SystemdLabIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void losesWhatIsWrittenInsideAndKeepsWhatIsBound(@TempDir Path lost, @TempDir Path bound)
      throws IOException {
    Files.writeString(lost.resolve("seen"), "from outside");
    try (SystemdLab lab = SystemdLab.boot("--bind", bound.toString())) {
      assertThat(lab.run(LIMIT, "cat", lost + "/seen").expectSuccess()).isEqualTo("from outside");
      lab.run(LIMIT, "touch", lost + "/new", bound + "/new").expectSuccess();
    }
    assertThat(lost.resolve("new")).doesNotExist();
    assertThat(bound.resolve("new")).exists();
  }

  @Test
  void endsACommandWithItsTime() {
    try (SystemdLab lab = SystemdLab.boot()) {
      assertThat(lab.run(Duration.ofMillis(300), "sleep", "1000").status()).isEqualTo(124);
    }
  }

  @Test
  void leavesNothingBehind() {
    Path proc;
    try (SystemdLab lab = SystemdLab.boot("--hybrid")) {
      proc = lab.root().getParent();
      lab.systemctl("is-active", "dbus.socket");
    }
    assertThat(proc).doesNotExist();
  }

  @Test
  void cannotChangeTheKernelOfThisMachine() {
    try (SystemdLab lab = SystemdLab.boot()) {
      Result result = lab.run(LIMIT, "sh", "-c", "echo 1 > /proc/sys/vm/drop_caches");
      assertThat(result.status()).isNotZero();
      assertThat(result.err()).contains("Read-only");
    }
  }
}
