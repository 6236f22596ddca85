package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.collect.ProcTree;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.Snapshot;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStats;

/** The census on the real /proc, with processes of this test's own. */
@Tag("alone")
@Tag("once")
class LiveCensusTest {
  private static final int SELF = (int) ProcessHandle.current().pid();

  private final List<Process> started = new ArrayList<>();
  private final HeldStats held = new HeldStats(10_000);
  private final Census census =
      new Census(
          Path.of("/proc"),
          held,
          new CensusSettings(
              Duration.ofSeconds(1),
              1 << 28,
              Duration.ofMinutes(10),
              1,
              Path.of("/etc/passwd"),
              new NumaNodes(Map.of())),
          System::nanoTime,
          InstantSource.system(),
          Map::of,
          List.of());

  @AfterEach
  void endAll() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    census.close();
    held.close();
  }

  @Test
  void seesASleeper() throws Exception {
    int pid = start("sleep", "300");
    await().until(() -> "sleep 300".equals(look(pid).commandLine()));
    Proc sleeper = look(pid);
    assertThat(sleeper.comm()).isEqualTo("sleep");
    assertThat(sleeper.executable()).endsWith("sleep");
    assertThat(sleeper.parent()).isEqualTo(SELF);
    assertThat(sleeper.uid()).isEqualTo(Kernel.effectiveUserId());
    assertThat(sleeper.state()).isEqualTo(ProcState.SLEEPING);
    assertThat(sleeper.cgroup()).startsWith("/");
    assertThat(sleeper.startedAt())
        .isBetween(
            InstantSource.system().instant().minusSeconds(60),
            InstantSource.system().instant().plusSeconds(5));
    assertThat(held.proves(sleeper.id())).isTrue();
  }

  @Test
  void seesWhatABurnerWants() throws Exception {
    int pid = start("sh", "-c", "while :; do :; done");
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(look(pid).demandAvg10()).isBetween(85.0, 130.0));
    assertThat(look(pid).cpuAvg10()).isPositive();
  }

  @Test
  void countsTheZombiesOfAParentThatDoesNotReap() throws Exception {
    int pid = start("sh", "-c", "sleep 0 & sleep 0 & sleep 0 & exec sleep 300");
    await().until(() -> look(pid).zombieChildren() == 3);
    assertThat(Seen.host(census.look()).zombies()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void seesAStoppedProcess() throws Exception {
    int pid = start("sh", "-c", "kill -STOP $$");
    await().until(() -> look(pid).state() == ProcState.STOPPED);
  }

  @Test
  void noDescriptorsAreLeftOfTwoThousandShortLives() throws Exception {
    census.look();
    Process shell =
        new ProcessBuilder("sh", "-c", "for i in $(seq 2000); do sleep 0 & done; wait").start();
    started.add(shell);
    int most = 0;
    while (shell.isAlive()) {
      census.look();
      most = Math.max(most, held.size());
    }
    Snapshot after = census.look();
    assertThat(most).isGreaterThan(0);
    assertThat(held.size()).isLessThanOrEqualTo(after.processes().size());
    assertThat(openStats()).isEqualTo(held.size());
    assertThat(after.gaps()).noneMatch(gap -> gap.aspect().equals("proc/PID/stat"));
  }

  @Test
  void beyondTheBudgetProcessesAreSeenButNotHeld() throws Exception {
    int pid = start("sleep", "300");
    try (HeldStats none = new HeldStats(0);
        Census poor =
            new Census(
                Path.of("/proc"),
                none,
                new CensusSettings(
                    Duration.ofSeconds(1),
                    1 << 28,
                    Duration.ofMinutes(10),
                    1,
                    Path.of("/etc/passwd"),
                    new NumaNodes(Map.of())),
                System::nanoTime,
                InstantSource.system(),
                Map::of,
                List.of())) {
      poor.look();
      Proc sleeper = Seen.process(poor.look(), pid);
      assertThat(sleeper.cpuPercent()).isNotNull();
      assertThat(none.size()).isZero();
      assertThat(none.proves(sleeper.id())).isFalse();
    }
  }

  private int start(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return (int) process.pid();
  }

  private Proc look(int pid) {
    return Seen.process(census.look(), pid);
  }

  /** Descriptors of this process that lead to the stat of another. */
  private static long openStats() throws Exception {
    ProcTree proc = new ProcTree(Path.of("/proc"));
    long count = 0;
    for (int descriptor : proc.numbers("self/fd")) {
      try {
        count += proc.link("self/fd/" + descriptor).matches("/proc/\\d+/stat") ? 1 : 0;
      } catch (IOException e) {
        // the one that listed them
      }
    }
    return count;
  }
}
