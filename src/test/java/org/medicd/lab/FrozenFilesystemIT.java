package org.medicd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsSystemd
class FrozenFilesystemIT {
  @Test
  void holdsWritersInUninterruptibleSleepUntilTheThaw() throws IOException {
    try (FrozenFilesystem frozen = FrozenFilesystem.onThisMachine(3)) {
      assertThat(frozen.writers()).hasSize(3);
      for (int pid : frozen.writers()) {
        assertThat(Files.readString(Path.of("/proc/" + pid + "/stat"))).contains(") D ");
      }
      int victim = frozen.writers().get(0);
      ProcessHandle.of(victim).orElseThrow().destroyForcibly();
      assertThat(Files.readString(Path.of("/proc/" + victim + "/stat"))).contains(") D ");

      frozen.thaw();

      assertThat(frozen.writers()).noneMatch(pid -> Files.exists(Path.of("/proc/" + pid)));
    }
  }

  @Test
  void endsWithALabThatIsClosedWhileFrozen() {
    Path proc;
    FrozenFilesystem frozen;
    try (SystemdLab lab = SystemdLab.boot("--loop")) {
      proc = lab.root().getParent();
      frozen = FrozenFilesystem.in(lab, 2);
      String states =
          lab.run(Duration.ofSeconds(10), "ps", "-o", "stat=", "-C", "dd").expectSuccess();
      assertThat(states.lines()).hasSize(2).allMatch(state -> state.strip().startsWith("D"));
    }
    assertThat(proc).doesNotExist();
  }
}
