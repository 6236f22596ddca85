package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.Collector;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.Births;
import org.medicd.fact.Fact;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStats;

/** Who is looked at when, and what is seen only where a rule asks for it. */
@Tag("once")
class RestingTest {
  private static final long TICKS = Kernel.ticksPerSecond();

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final HeldStats held = new HeldStats(64);
  private ProcFolder proc;
  private Census census;

  @BeforeEach
  void makeAHost() throws Exception {
    proc = new ProcFolder(folder);
    census =
        new Census(
            proc.root(),
            held,
            new CensusSettings(
                Duration.ofSeconds(1),
                1L << 40,
                Duration.ofSeconds(60),
                99,
                folder.resolve("none"),
                new NumaNodes(Map.of(3, 1))),
            clock,
            clock,
            Map::of,
            List.of(new Rumour()));
  }

  /** Has heard of pid 42 whenever it is asked. */
  private static final class Rumour implements Collector {
    @Override
    public String aspect() {
      return "rumour";
    }

    @Override
    public Set<Class<? extends Fact>> makes() {
      return Set.of(Births.class);
    }

    @Override
    public List<Fact> look(Scene scene) {
      return List.of();
    }

    @Override
    public Set<Integer> stirred() {
      return Set.of(42);
    }
  }

  @AfterEach
  void close() {
    census.close();
    held.close();
  }

  private Snapshot look() {
    Snapshot seen = census.look();
    clock.advance(Duration.ofSeconds(1));
    return seen;
  }

  private void rest() {
    for (int second = 0; second < 40; second++) {
      look();
    }
  }

  private void ask(String... fields) {
    census.ask(new Asked(Map.of("Proc", Set.of(fields))));
  }

  /** Looks until the change of comm shows; returns how many it took. */
  private int looksUntilSeen(String comm) {
    for (int looks = 1; looks <= 20; looks++) {
      if (Seen.process(look(), 42).comm().equals(comm)) {
        return looks;
      }
    }
    throw new AssertionError("not seen in 20 looks");
  }

  @Test
  void aChangeOfOneAtRestIsSeenWithinEightSeconds() {
    proc.process(42).put();
    rest();
    proc.process(42).comm("other").put();
    assertThat(looksUntilSeen("other")).isBetween(1, 8);
  }

  @Test
  void whoIsSuspectedIsSeenInEveryTick() {
    proc.process(42).put();
    rest();
    census.suspect(Set.of(Seen.process(look(), 42).id()));
    for (int i = 0; i < 10; i++) {
      proc.process(42).comm("n" + i).put();
      assertThat(looksUntilSeen("n" + i)).isEqualTo(1);
    }
  }

  @Test
  void whoIsHeardOfIsSeenInTheNextTick() {
    proc.process(42).put();
    census.ask(new Asked(Map.of("Births", Set.of())));
    rest();
    for (int i = 0; i < 10; i++) {
      proc.process(42).comm("n" + i).put();
      assertThat(looksUntilSeen("n" + i)).isEqualTo(1);
    }
  }

  @Test
  void whoIsSuspectedIsKnownAsItIsNow() throws Exception {
    proc.process(42).put();
    proc.link("42/exe", "/usr/bin/one");
    rest();
    assertThat(Seen.process(look(), 42).executable()).isEqualTo("/usr/bin/one");
    Files.delete(proc.root().resolve("42/exe"));
    proc.link("42/exe", "/usr/bin/two");
    census.suspect(Set.of(Seen.process(look(), 42).id()));
    assertThat(Seen.process(look(), 42).executable()).isEqualTo("/usr/bin/two");
  }

  @Test
  void whoBurnsAfterARestIsSeenAtOnceAndInFull() {
    proc.process(42).put();
    rest();
    long used = 0;
    for (int second = 0; second < 5; second++) {
      used += TICKS;
      proc.write("stat", "cpu %d 0 0 0\ncpu0 0\ncpu1 0\nbtime 1000\n".formatted(used));
      proc.process(42).ticks(used).state('R').put();
      assertThat(Seen.process(look(), 42).cpuPercent()).isEqualTo(100);
    }
  }

  /** A hundred that each use 2 ms a second, and interrupts that nobody accounts for. */
  private void moveABit(int second) {
    for (int pid = 100; pid < 200; pid++) {
      if (second == 1 || (second + pid) % 5 == 0) {
        proc.process(pid).ticks((second + pid) / 5).put();
      }
    }
    proc.write("stat", "cpu %d 0 0 0\ncpu0 0\ncpu1 0\nbtime 1000\n".formatted(35L * second));
  }

  @Test
  void manyWhoMoveABitDoNotHaveAllLookedAt() {
    List<Integer> resting = IntStream.range(300, 320).boxed().toList();
    resting.forEach(pid -> proc.process(pid).put());
    int second = 0;
    int seenAtOnce = 0;
    for (int turn = 0; turn < 5; turn++) {
      for (int rest = 0; rest < 40; rest++) {
        moveABit(++second);
        look();
      }
      String comm = "turn" + turn;
      resting.forEach(pid -> proc.process(pid).comm(comm).put());
      moveABit(++second);
      Snapshot seen = look();
      seenAtOnce +=
          (int) resting.stream().filter(pid -> Seen.process(seen, pid).comm().equals(comm)).count();
    }
    assertThat(seenAtOnce).as("of a hundred; each is due every eighth second").isLessThan(35);
  }

  @Test
  void onlyWhoStirredIsTold() {
    proc.process(42).put();
    proc.process(43).put();
    rest();
    assertThat(look().stirred()).isEmpty();
    proc.process(44).put();
    assertThat(look().stirred()).containsExactly(44);
    rest();
  }

  @Test
  void thoseWhoEndedAreTold() throws Exception {
    proc.process(42).put();
    proc.process(43).put();
    rest();
    proc.remove("43");
    Snapshot after = look();
    assertThat(after.stirred()).containsExactly(43);
    assertThat(after.processes()).containsOnlyKeys(42);
  }

  @Test
  void familiesAreSummedWhereARuleAsks() {
    ask("family.processes", "family.rssBytes");
    proc.process(42).rssPages(10).put();
    proc.process(50).parent(42).rssPages(5).put();
    proc.process(51).parent(50).rssPages(1).put();
    proc.process(52).parent(50).state('Z').rssPages(0).put();
    Snapshot seen = look();
    Proc.Family top = Seen.process(seen, 42).family();
    assertThat(top.children()).isEqualTo(1);
    assertThat(top.processes()).isEqualTo(4);
    assertThat(top.rssBytes()).isEqualTo(16 * Kernel.pageBytes());
    Proc.Family middle = Seen.process(seen, 50).family();
    assertThat(middle.children()).isEqualTo(1);
    assertThat(middle.processes()).isEqualTo(3);
    assertThat(Seen.process(seen, 51).family().processes()).isEqualTo(1);
  }

  @Test
  void aRingOfParentsEndsSomewhere() {
    ask("family.processes");
    proc.process(42).parent(43).put();
    proc.process(43).parent(42).put();
    assertThat(Seen.process(look(), 42).family().processes()).isPositive();
  }

  @Test
  void whatIsSampledShowsLevelsAndRates() throws Exception {
    ask(
        "io.readBytesPerSecond",
        "holdings.openFiles",
        "holdings.openFilesLimit",
        "holdings.oomScore");
    proc.process(42).put();
    proc.write("42/io", "read_bytes: 1000\nwrite_bytes: 0\n");
    proc.write("42/limits", "Max open files            8                 8         files\n");
    proc.write("42/oom_score", "667\n").write("42/oom_score_adj", "-5\n");
    for (int i = 0; i < 4; i++) {
      proc.write("42/fd/" + i, "");
    }
    await().until(() -> Seen.process(look(), 42).holdings().openFiles() != null);
    Proc.Holdings holdings = Seen.process(look(), 42).holdings();
    assertThat(holdings.openFiles()).isEqualTo(4);
    assertThat(holdings.openFilesLimit()).isEqualTo(8);
    assertThat(holdings.openFilesPercent()).isEqualTo(50);
    assertThat(holdings.oomScore()).isEqualTo(667);
    assertThat(holdings.oomScoreAdjust()).isEqualTo(-5);
    census.suspect(Set.of(Seen.process(look(), 42).id()));
    proc.write("42/io", "read_bytes: 900000\nwrite_bytes: 0\n");
    await()
        .until(
            () -> {
              Double rate = Seen.process(look(), 42).io().readBytesPerSecond();
              return rate != null && rate > 0;
            });
    assertThat(Seen.process(look(), 42).io().contextSwitchesPerSecond()).isNull();
  }

  @Test
  void whatNobodyAsksForIsNotLookedAt() throws Exception {
    proc.process(42).put();
    proc.write("42/io", "read_bytes: 1000\nwrite_bytes: 0\n");
    rest();
    Proc seen = Seen.process(look(), 42);
    assertThat(seen.io()).isSameAs(Proc.Io.UNKNOWN);
    assertThat(seen.holdings()).isSameAs(Proc.Holdings.UNKNOWN);
    assertThat(seen.scheduling()).isSameAs(Proc.Scheduling.UNKNOWN);
    assertThat(seen.family()).isSameAs(Proc.Family.UNKNOWN);
    assertThat(seen.ageSeconds()).isNull();
    assertThat(seen.cpuAvg60()).isNull();
  }

  @Test
  void anUnreadableSampleIsUnknownAndNotZero() throws Exception {
    ask("io.readBytesPerSecond");
    proc.process(42).put();
    proc.write("42/io", "rubbish\n");
    await().until(() -> look().gaps().stream().anyMatch(gap -> gap.aspect().equals("proc/PID/io")));
    assertThat(Seen.process(look(), 42).io().readBytesPerSecond()).isNull();
  }

  @Test
  void theAgeGrowsInStepsAndMindsNoClockThatIsSet() throws Exception {
    ask("ageSeconds");
    long now = clock.instant().getEpochSecond();
    proc.write("stat", "cpu 0 0 0 0\ncpu0 0\nbtime %d\n".formatted(now - 100));
    proc.process(42).startTicks(90 * TICKS).put();
    assertThat(Seen.process(look(), 42).ageSeconds()).isEqualTo(10);
    proc.write("stat", "cpu 0 0 0 0\ncpu0 0\nbtime %d\n".formatted(now - 3_000));
    for (int i = 0; i < 9; i++) {
      look();
    }
    assertThat(Seen.process(look(), 42).ageSeconds()).isEqualTo(2_880);
  }

  @Test
  void howTheSchedulerServesItIsReadOffItsStat() {
    ask("scheduling.policy");
    proc.process(42).put();
    String tail = " 0 0 0 0 0 0 0 0 0 0 0 0 0 17 3 50 1 0 0 0\n";
    String head = "42 (sh) S 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 -5 1 0 500 0 10";
    proc.write("42/stat", head + tail);
    Proc.Scheduling seen = Seen.process(look(), 42).scheduling();
    assertThat(seen.nice()).isEqualTo(-5);
    assertThat(seen.policy()).isEqualTo("fifo");
    assertThat(seen.realtimePriority()).isEqualTo(50);
    assertThat(seen.numaNode()).isEqualTo(1);
  }

  @Test
  void nodesAreReadFromSysfs() throws Exception {
    Path nodes = Files.createDirectories(folder.resolve("sys/devices/system/node/node1"));
    Files.writeString(nodes.resolve("cpulist"), "2-3\n");
    assertThat(NumaNodes.read(folder.resolve("sys")).of(3)).isEqualTo(1);
    assertThat(NumaNodes.read(folder.resolve("nothing")).of(3)).isNull();
  }
}
