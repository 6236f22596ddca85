package org.medicd.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On folders that look like control groups, of a kernel without cgroup.kill. */
class CgroupKillTest {
  private @TempDir Path mount;

  private CgroupKill kill() {
    Hierarchy systemd = new Hierarchy(mount.toString(), "/");
    return new CgroupKill(new Hierarchies(null, Map.of("name=systemd", systemd)));
  }

  @Test
  void oneThatIsListedButIsElsewhereNowIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("/bin/sleep", "100").start();
    try {
      Path group = Files.createDirectories(mount.resolve("system.slice/a.service"));
      Files.writeString(group.resolve("cgroup.procs"), other.pid() + "\n");
      assertThat(kill().kill("/system.slice/a.service")).isEqualTo(new CgroupKill.Killed(0, false));
      assertThat(other.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void oneThatHasEndedIsPassedOver() throws Exception {
    Path group = Files.createDirectories(mount.resolve("a.service/below"));
    Files.writeString(group.resolve("cgroup.procs"), "4194304\n");
    Files.writeString(group.resolveSibling("cgroup.procs"), "");
    assertThat(kill().kill("/a.service").processes()).isZero();
  }

  @Test
  void theRootIsNeverKilled() {
    assertThatThrownBy(() -> kill().kill("/")).hasMessageContaining("no control group of a unit");
    assertThatThrownBy(() -> kill().kill("")).hasMessageContaining("no control group of a unit");
  }

  @Test
  void aGroupThatIsNotThereIsSaidToBe() {
    assertThatThrownBy(() -> kill().kill("/gone.service")).hasMessageContaining("is not there");
  }
}
