package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.fact.ProcessId;
import org.medicd.linux.Kernel;

class HeldStatsTest {
  private static final Path PROC = Path.of("/proc");

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(HeldStat.BUFFER_BYTES);
  private final HeldStats stats = new HeldStats(8);
  private Process sleeper;

  @BeforeEach
  void startAProcess() throws Exception {
    sleeper = new ProcessBuilder("sleep", "300").start();
  }

  @AfterEach
  void endIt() {
    sleeper.destroyForcibly();
    stats.close();
  }

  @Test
  void provesAProcessUntilItHasEnded() throws Exception {
    ProcessId id = hold();
    assertThat(stats.proves(id)).isTrue();
    sleeper.destroyForcibly().waitFor();
    assertThat(stats.proves(id)).isFalse();
    assertThat(stats.holds(id)).isTrue();
  }

  @Test
  void provesNothingThatIsNotHeld() throws Exception {
    ProcessId id = hold();
    assertThat(stats.proves(new ProcessId(id.pid(), id.startTicks() + 1))).isFalse();
    stats.remove(id);
    assertThat(stats.proves(id)).isFalse();
  }

  @Test
  void provesNothingByAnIdThatHasNamedTwoProcesses() throws Exception {
    ProcessId id = hold();
    stats.distrust(id);
    assertThat(stats.proves(id)).isFalse();
  }

  @Test
  void keepsWithinItsBudgetAndAPartOfItForSuspects() throws Exception {
    try (HeldStats eight = new HeldStats(8)) {
      for (int pid = 1; pid <= 7; pid++) {
        assertThat(eight.hasRoom()).isTrue();
        eight.add(new ProcessId(pid, 1), HeldStat.open(PROC, (int) sleeper.pid()));
      }
      assertThat(eight.hasRoom()).isFalse();
      assertThat(eight.hasRoomForSuspect()).isTrue();
      eight.add(new ProcessId(8, 1), HeldStat.open(PROC, (int) sleeper.pid()));
      assertThat(eight.hasRoomForSuspect()).isFalse();
      eight.remove(new ProcessId(1, 1));
      assertThat(eight.hasRoomForSuspect()).isTrue();
    }
  }

  @Test
  void leavesDescriptorsToTheRestOfTheDaemon() throws Exception {
    try (HeldStats within = HeldStats.withinOpenFilesLimit()) {
      assertThat(within.hasRoom()).isEqualTo(Kernel.openFilesLimit() > 300);
    }
  }

  private ProcessId hold() throws Exception {
    HeldStat stat = HeldStat.open(PROC, (int) sleeper.pid());
    int length = stat.read(buffer);
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    ProcessId id = PidStat.parse(bytes, length).id();
    stats.add(id, stat);
    return id;
  }
}
