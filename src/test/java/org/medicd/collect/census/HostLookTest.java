package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.fact.Gap;
import org.medicd.fact.Host;
import org.medicd.fact.Pressure;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.HeldStats;

class HostLookTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final HeldStats held = new HeldStats(0);
  private ProcFolder proc;
  private Census census;

  @BeforeEach
  void makeAHost() throws Exception {
    proc = new ProcFolder(folder);
    CensusSettings settings =
        new CensusSettings(
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(10),
            99,
            folder.resolve("no-passwd"),
            new NumaNodes(Map.of()));
    census = new Census(proc.root(), held, settings, clock, clock, Map::of, List.of());
  }

  @AfterEach
  void close() {
    census.close();
  }

  @Test
  void theFirstLookKnowsLevelsButNoRates() {
    Snapshot snapshot = census.look();
    Host host = Seen.host(snapshot);
    assertThat(snapshot.elapsed()).isZero();
    assertThat(host.cpus()).isEqualTo(2);
    assertThat(host.cpuPercent()).isNull();
    assertThat(host.cpuAvg10()).isNull();
    assertThat(host.memoryTotalBytes()).isEqualTo(1_024_000);
    assertThat(host.memoryUsedPercent()).isEqualTo(75);
    assertThat(host.swapTotalBytes()).isNull();
    assertThat(host.load1()).isEqualTo(0.5);
    assertThat(snapshot.all(Pressure.class))
        .extracting(Pressure::resource)
        .containsExactly("cpu", "memory", "io");
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void waitingForADiskIsIdleAndStolenTimeIsNot() {
    census.look();
    clock.advance(Duration.ofSeconds(3));
    cpu("cpu 50 0 10 80 40 0 0 20");
    Snapshot snapshot = census.look();
    assertThat(snapshot.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(Seen.host(snapshot).cpuPercent()).isEqualTo(40);
    assertThat(Seen.host(snapshot).cpuAvg10()).isEqualTo(40);
    assertThat(Seen.host(snapshot).iowaitPercent()).isEqualTo(20);
    assertThat(Seen.host(snapshot).stealPercent()).isEqualTo(10);
  }

  @Test
  void aCounterThatGoesBackIsNoNegativeRate() {
    cpu("cpu 0 0 0 0 100 0 0 0");
    census.look();
    clock.advance(Duration.ofSeconds(1));
    cpu("cpu 100 0 0 100 90 0 0 0");
    assertThat(Seen.host(census.look()).iowaitPercent()).isZero();
  }

  @Test
  void tellsWhereTheTimeOfTheCpusWent() {
    census.look();
    clock.advance(Duration.ofSeconds(100));
    proc.write(
        "stat",
        "cpu 40 10 20 100 0 10 20 0\ncpu0 0\ncpu1 0\nctxt 500\nbtime 1000\nprocesses 30\n"
            + "procs_running 7\n");
    Host host = Seen.host(census.look());
    assertThat(host.cpuPercent()).isEqualTo(50);
    assertThat(host.cpu())
        .isEqualTo(new Host.Cpu(50.0, 50.0, 20.0, 5.0, 10.0, 15.0, 7L, 0.25, null, null));
    clock.advance(Duration.ofSeconds(2));
    proc.write("stat", "cpu 50 0 0 150 0 0 0 0\ncpu0 0\nctxt 1500\nbtime 1000\nprocesses 33\n");
    Host.Cpu cpu = Seen.host(census.look()).cpu();
    assertThat(cpu.forksPerSecond()).isEqualTo(1.5);
    assertThat(cpu.contextSwitchesPerSecond()).isEqualTo(500);
    assertThat(cpu.runnable()).isNull();
  }

  @Test
  void tellsWhatTheKernelDoesForWantOfMemory() {
    assertThat(Seen.host(census.look()).paging())
        .isEqualTo(new Host.Paging(null, null, null, null, null, 0L, null));
    clock.advance(Duration.ofSeconds(4));
    proc.write("vmstat", "pswpin 20\npswpout 40\npgmajfault 6\noom_kill 2\n");
    long page = org.medicd.linux.Kernel.pageBytes();
    assertThat(Seen.host(census.look()).paging())
        .isEqualTo(new Host.Paging(5 * page, 10 * page, 5 * page, 10 * page, 1.5, 2L, 0.5));
  }

  @Test
  void tellsHowLateItsOwnLooksCome() {
    assertThat(Seen.host(census.look()).lateAvg10Millis()).isNull();
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(1));
      census.look();
    }
    assertThat(Seen.host(census.look()).lateAvg10Millis()).isZero();
    clock.advance(Duration.ofSeconds(8));
    assertThat(Seen.host(census.look()).lateAvg10Millis()).isBetween(4_000L, 6_999L);
    clock.advance(Duration.ofHours(9));
    assertThat(Seen.host(census.look()).lateAvg10Millis())
        .as("a pause of the host is soon forgotten")
        .isLessThan(9_000L);
  }

  @Test
  void tellsHowNearItsLimitsAre() {
    Host host = Seen.host(census.look());
    assertThat(host.tasks()).isEqualTo(new Host.Tasks(2L, 1000L, 500L, 0.4));
    assertThat(host.files()).isEqualTo(new Host.Files(40L, 1000L, 4.0));
  }

  @Test
  void aLimitThatWasRaisedShowsAfterAWhile() {
    census.look();
    proc.write("sys/kernel/threads-max", "800\n");
    assertThat(Seen.host(census.look()).tasks().threadsMax()).isEqualTo(500);
    for (int i = 0; i < 60; i++) {
      census.look();
    }
    assertThat(Seen.host(census.look()).tasks().threadsMax()).isEqualTo(800);
  }

  @Test
  void whatIsMissingIsUnknownAndAGap() throws Exception {
    proc.remove("meminfo");
    proc.remove("loadavg");
    proc.remove("pressure");
    proc.remove("vmstat");
    proc.remove("sys");
    Snapshot snapshot = census.look();
    assertThat(Seen.host(snapshot).memoryUsedPercent()).isNull();
    assertThat(Seen.host(snapshot).load1()).isNull();
    assertThat(Seen.host(snapshot).memory()).isEqualTo(Host.Memory.UNKNOWN);
    assertThat(Seen.host(snapshot).paging()).isEqualTo(Host.Paging.UNKNOWN);
    assertThat(Seen.host(snapshot).files()).isEqualTo(Host.Files.UNKNOWN);
    assertThat(snapshot.all(Pressure.class)).isEmpty();
    assertThat(snapshot.gaps())
        .extracting(Gap::aspect)
        .containsExactlyInAnyOrder(
            "proc/meminfo",
            "proc/loadavg",
            "proc/vmstat",
            "proc/sys/kernel/pid_max",
            "proc/sys/kernel/threads-max",
            "proc/sys/fs/file-nr",
            "proc/pressure/cpu",
            "proc/pressure/memory",
            "proc/pressure/io");
  }

  @Test
  void withoutItsStatThereIsNoHost() throws Exception {
    proc.remove("stat");
    proc.process(42).put();
    Snapshot snapshot = census.look();
    assertThat(snapshot.host()).isNull();
    assertThat(snapshot.processes()).containsOnlyKeys(42);
    assertThat(snapshot.gaps()).extracting(Gap::aspect).containsExactly("proc/stat");
  }

  private void cpu(String line) {
    proc.write("stat", line + "\ncpu0 0\ncpu1 0\nbtime 1000\nprocs_running 1\n");
  }
}
