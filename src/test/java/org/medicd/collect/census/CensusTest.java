package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStats;

class CensusTest {
  private static final int MEDICD = 99;
  private static final long TICKS = Kernel.ticksPerSecond();

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final HeldStats held = new HeldStats(64);
  private ProcFolder proc;
  private Census census;

  @BeforeEach
  void makeAHost() throws Exception {
    proc = new ProcFolder(folder);
    Path passwd = Files.writeString(folder.resolve("passwd"), "app:x:1000:1000::/:/bin/sh\n");
    CensusSettings settings =
        new CensusSettings(
            Duration.ofSeconds(1),
            100 * Kernel.pageBytes(),
            Duration.ofSeconds(10),
            MEDICD,
            passwd,
            new NumaNodes(Map.of()));
    census = new Census(proc.root(), held, settings, clock, clock, Map::of, List.of());
  }

  @AfterEach
  void close() {
    census.close();
    held.close();
  }

  @Test
  void tellsWhatAProcessIs() throws Exception {
    proc.process(42).comm("nginx").parent(7).startTicks(3 * TICKS).put();
    proc.link("42/exe", "/usr/sbin/nginx (deleted)");
    proc.write("42/cgroup", "0::/system.slice/nginx.service\n");
    proc.write("42/cmdline", "nginx\0-g\0daemon off;\0");
    Proc first = Seen.process(look(), 42);
    assertThat(first.id()).isEqualTo(new ProcessId(42, 3 * TICKS));
    assertThat(first.parent()).isEqualTo(7);
    assertThat(first.comm()).isEqualTo("nginx");
    assertThat(first.executable()).isEqualTo("/usr/sbin/nginx");
    assertThat(first.state()).isEqualTo(ProcState.SLEEPING);
    assertThat(first.startedAt()).isEqualTo(Instant.ofEpochSecond(1003));
    assertThat(first.uid()).isEqualTo(1000);
    assertThat(first.user()).isEqualTo("app");
    assertThat(first.cgroup()).isEqualTo("/system.slice/nginx.service");
    assertThat(first.unit()).isEqualTo("nginx.service");
    assertThat(first.rssBytes()).isEqualTo(10 * Kernel.pageBytes());
    assertThat(first.cpuPercent()).isNull();
    assertThat(first.anonBytes()).isNull();
    await().until(() -> "nginx -g daemon off;".equals(Seen.process(look(), 42).commandLine()));
  }

  @Test
  void ratesNeedASecondLook() {
    proc.process(42).ticks(100).put();
    look();
    clock.advance(Duration.ofSeconds(4));
    proc.process(42).ticks(100 + 2 * TICKS).put();
    Proc second = Seen.process(look(), 42);
    assertThat(second.cpuPercent()).isEqualTo(50);
    assertThat(second.cpuAvg10()).isEqualTo(50);
  }

  @Test
  void demandIsWhatTheThreadsGotAndWaitedFor() {
    demandLook(0, 0, 0);
    demandLook(4, 34, 66);
    Proc third = demandLook(8, 34, 66);
    assertThat(third.cpuAvg10()).isEqualTo(34);
    assertThat(third.demandAvg10()).isEqualTo(200);
  }

  /** Two threads, each with the same share of a second on a CPU and waiting for one. */
  private Proc demandLook(int second, long runPercent, long waitPercent) {
    long run = second * runPercent * 10_000_000;
    long wait = second * waitPercent * 10_000_000;
    proc.process(42)
        .threads(2)
        .ticks(second * runPercent * TICKS / 100)
        .schedstat(run, wait)
        .schedstat(43, run, wait)
        .put();
    Proc seen = Seen.process(look(), 42);
    clock.advance(Duration.ofSeconds(4));
    return seen;
  }

  @Test
  void demandFallsBackToTheCpuWhereTheKernelKeepsNoWaits() {
    proc.process(42).put();
    look();
    clock.advance(Duration.ofSeconds(4));
    proc.process(42).ticks(2 * TICKS).put();
    assertThat(Seen.process(look(), 42).demandAvg10()).isEqualTo(50);
  }

  @Test
  void demandOfAnIdleProcessIsNotLookedAt() {
    proc.process(42).schedstat(0, 0).put();
    look();
    clock.advance(Duration.ofSeconds(1));
    assertThat(Seen.process(look(), 42).demandAvg10()).isNull();
  }

  @Test
  void demandOfTooManyThreadsIsAGap() {
    ProcFolder.Entry many = proc.process(42).threads(600).state('R');
    for (int thread = 1000; thread < 1600; thread++) {
      many.schedstat(thread, 0, 0);
    }
    many.put();
    Snapshot snapshot = look();
    assertThat(Seen.process(snapshot, 42).demandAvg10()).isNull();
    assertThat(snapshot.gaps()).anyMatch(gap -> gap.reason().startsWith("601 threads"));
  }

  @Test
  void aLeakIsFoundInTheMemoryOfALargeProcess() {
    for (int second = 0; second < 10; second++) {
      proc.process(42).rssPages(100).anonKib(1024 * 20 * second).put();
      look();
      clock.advance(Duration.ofSeconds(1));
    }
    proc.process(42).rssPages(100).anonKib(1024 * 200).put();
    Proc last = Seen.process(look(), 42);
    assertThat(last.anonBytes()).isEqualTo(200L << 20);
    assertThat(last.memoryGrowth().perHour()).isEqualTo(20.0 * (1 << 20) * 3600);
  }

  @Test
  void aLargeProcessStaysUnderWatchWhenItIsSwappedOut() {
    proc.process(42).rssPages(100).put();
    look();
    clock.advance(Duration.ofSeconds(1));
    proc.process(42).rssPages(1).anonKib(77).put();
    assertThat(Seen.process(look(), 42).anonBytes()).isEqualTo(77 * 1024);
  }

  @Test
  void zombiesAreCountedWithTheirParents() {
    proc.process(42).put();
    proc.process(43).parent(42).state('Z').put();
    proc.process(44).parent(42).state('Z').put();
    proc.process(45).parent(42).state('Z').threads(3).put();
    Snapshot snapshot = look();
    assertThat(Seen.process(snapshot, 42).zombieChildren()).isEqualTo(2);
    assertThat(Seen.host(snapshot).zombies()).isEqualTo(2);
    assertThat(Seen.host(snapshot).processes()).isEqualTo(4);
  }

  @Test
  void blockedTimeRunsWhileThereIsNoContextSwitch() throws Exception {
    proc.process(42).state('D').put();
    proc.write("42/task/42/wchan", "percpu_rwsem_wait");
    proc.write("42/task/42/syscall", "1 0x3 0x0 0x0 0x0 0x0 0x0 0x7f 0x7f\n");
    proc.write("42/mountinfo", "23 22 7:0 / /data rw - ext4 /dev/loop0 rw\n");
    proc.link("42/fd/3", "/data/log");
    assertThat(Seen.process(look(), 42).blockedSeconds()).isZero();
    clock.advance(Duration.ofSeconds(2));
    Snapshot second = look();
    assertThat(Seen.process(second, 42).blockedSeconds()).isEqualTo(2);
    assertThat(Seen.host(second).blocked()).isEqualTo(1);
    await().until(() -> Seen.process(look(), 42).waitsOn() != null);
    Proc found = Seen.process(look(), 42);
    assertThat(found.waitsOn()).isEqualTo(new FilesystemId("/data", "/dev/loop0"));
    assertThat(found.wchan()).isEqualTo("percpu_rwsem_wait");

    clock.advance(Duration.ofSeconds(1));
    proc.process(42).state('D').switches(2).put();
    assertThat(Seen.process(look(), 42).blockedSeconds()).isZero();
    proc.process(42).state('S').switches(2).put();
    Proc free = Seen.process(look(), 42);
    assertThat(free.blockedSeconds()).isNull();
    assertThat(free.waitsOn()).isNull();
  }

  @Test
  void aBlockedThreadBehindASleepingLeaderIsFoundWhenTheLoadTellsOfIt() {
    proc.write("loadavg", "9.00 1 1 1/2 3\n");
    proc.process(42).threads(2).put().state('D').putThread(43);
    proc.write("42/task/43/wchan", "io_schedule").write("42/task/43/syscall", "running\n");
    await().until(() -> Seen.process(look(), 42).blockedSeconds() != null);
    clock.advance(Duration.ofSeconds(4));
    assertThat(Seen.process(look(), 42).blockedSeconds()).isEqualTo(4);
    await().until(() -> "io_schedule".equals(Seen.process(look(), 42).wchan()));

    proc.write("loadavg", "0.10 1 1 1/2 3\n");
    proc.process(42).threads(2).state('S').putThread(43);
    clock.advance(Duration.ofSeconds(4));
    await().until(() -> Seen.process(look(), 42).blockedSeconds() == null);
  }

  @Test
  void kernelThreadsAndMedicdItselfAreExempt() {
    proc.process(2).kernelThread().put();
    proc.process(MEDICD).put();
    proc.process(100).parent(MEDICD).put();
    proc.process(42).put();
    Map<Integer, Proc> processes = look().processes();
    assertThat(processes.values()).filteredOn(Proc::kernelThread).hasSize(1);
    assertThat(processes.values().stream().filter(Proc::exempt).map(p -> p.id().pid()))
        .containsExactlyInAnyOrder(2, MEDICD, 100);
  }

  @Test
  void anUnchangedProcessIsTheSameObject() {
    proc.process(42).put();
    look();
    clock.advance(Duration.ofSeconds(1));
    Proc second = Seen.process(look(), 42);
    clock.advance(Duration.ofSeconds(1));
    assertThat(Seen.process(look(), 42)).isSameAs(second);
  }

  @Test
  void aProcessThatWakesUpIsSeenAtOnce() {
    proc.process(42).put();
    for (int second = 0; second < 20; second++) {
      look();
      clock.advance(Duration.ofSeconds(1));
    }
    proc.write("stat", "cpu %d 0 0 0\ncpu0 0\ncpu1 0\nbtime 1000\n".formatted(TICKS));
    proc.process(42).ticks(TICKS).state('R').put();
    Proc awake = Seen.process(look(), 42);
    assertThat(awake.state()).isEqualTo(ProcState.RUNNING);
    assertThat(awake.cpuPercent()).isEqualTo(100);
    assertThat(awake.cpuAvg10()).isBetween(9.0, 12.0);
  }

  @Test
  void aSleeperWhoseChildrenEndIsSeenAtOnce() {
    proc.process(42).put();
    for (int second = 0; second < 6; second++) {
      look();
      clock.advance(Duration.ofSeconds(1));
    }
    proc.process(43).parent(42).state('Z').put();
    assertThat(Seen.process(look(), 42).zombieChildren()).isEqualTo(1);
  }

  @Test
  void aCommandLineThatHangsHoldsUpNobody() throws Exception {
    proc.process(42).put();
    Path fifo = proc.root().resolve("42/cmdline");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try {
      await()
          .until(
              () -> {
                clock.advance(Duration.ofSeconds(3));
                return look().gaps().stream().anyMatch(gap -> gap.subject().equals("pid 42"));
              });
      proc.process(43).put();
      proc.write("43/cmdline", "healthy");
      await().until(() -> "healthy".equals(Seen.process(look(), 43).commandLine()));
      assertThat(Seen.process(look(), 42).commandLine()).isNull();
    } finally {
      Files.writeString(fifo, "");
    }
  }

  private Snapshot look() {
    return census.look();
  }
}
