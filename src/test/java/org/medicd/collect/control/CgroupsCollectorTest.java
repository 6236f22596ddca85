package org.medicd.collect.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.Cgroup;
import org.medicd.fact.Cgroup.Count;
import org.medicd.fact.Cgroup.Stall;
import org.medicd.fact.Gap;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessMaker;

class CgroupsCollectorTest {
  private static final String WEB = "/system.slice/web.service";
  private static final Asked EVERYTHING =
      new Asked(Map.of("Cgroup", Set.of("cpu", "memory", "events", "pids", "pressure", "frozen")));

  @TempDir Path host;

  private final FakeClock clock = new FakeClock();
  private final Map<Integer, Proc> processes = new HashMap<>();
  private ProcFolder proc;
  private GroupFolder groups;
  private CgroupsCollector collector;
  private List<Gap> gaps = List.of();

  @BeforeEach
  void makeHost() throws IOException {
    proc = new ProcFolder(host).write("self/mountinfo", GroupFolder.unifiedMounts());
    groups = new GroupFolder(host);
    collector = collector(EVERYTHING, 2000);
  }

  @Test
  void seesAGroupAndTheSliceAboveIt() throws Exception {
    groups.group("system.slice").group("system.slice/web.service");
    has(1, WEB).has(2, WEB).has(3, "/system.slice/db.service/worker");
    groups.group("system.slice/db.service/worker");

    List<Cgroup> seen = look();

    assertThat(seen)
        .extracting(Cgroup::path)
        .containsExactlyInAnyOrder(
            "/system.slice", WEB, "/system.slice/db.service", "/system.slice/db.service/worker");
    assertThat(find("/system.slice", seen))
        .returns(3, Cgroup::processes)
        .returns(null, c -> c.unit());
    assertThat(find(WEB, seen).unit()).isEqualTo("web.service");
    assertThat(find("/system.slice/db.service/worker", seen).unit()).isEqualTo("db.service");
  }

  @Test
  void tellsRatesFromTheSecondLookOn() throws Exception {
    has(1, WEB);
    cpu(1_000_000, 10, 1, 500_000);
    Cgroup.Cpu first = find(WEB, look()).cpu();
    assertThat(first).isEqualTo(new Cgroup.Cpu(null, null, 50.0, null, null));

    clock.advance(Duration.ofSeconds(4));
    cpu(4_000_000, 50, 11, 2_500_000);
    assertThat(find(WEB, look()).cpu()).isEqualTo(new Cgroup.Cpu(75.0, 75.0, 50.0, 25.0, 500.0));
  }

  @Test
  void knowsNoRateWhereACounterWentBack() throws Exception {
    has(1, WEB);
    cpu(1_000_000, 10, 1, 0);
    look();
    clock.advance(Duration.ofSeconds(2));
    cpu(5, 0, 0, 0);
    assertThat(find(WEB, look()).cpu().percent()).isNull();
    assertThat(find(WEB, look()).cpu().throttledPercent()).isZero();
  }

  @Test
  void startsAnewWithALaterGroupOfTheSamePath() throws Exception {
    has(1, WEB);
    cpu(1_000, 0, 0, 0);
    groups.group("system.slice/web.service", "memory.events: oom_kill 1");
    look();
    clock.advance(Duration.ofSeconds(2));
    Files.move(groups.path("system.slice/web.service"), groups.path("old"));
    cpu(9_000_000, 0, 0, 0);
    groups.group("system.slice/web.service", "memory.events: oom_kill 5");

    Cgroup later = find(WEB, look());
    assertThat(later.cpu().percent()).isNull();
    assertThat(later.events().oomKill()).isEqualTo(new Count(5L, null));
  }

  @Test
  void neverTellsOfARemovedGroup() throws Exception {
    has(1, WEB);
    cpu(1_000, 0, 0, 0);
    assertThat(look()).hasSize(2);
    remove(groups.path("system.slice/web.service"));
    assertThat(look()).extracting(Cgroup::path).containsExactly("/system.slice");
  }

  @Test
  void readsMemoryUnderTheTightestLimitAbove() throws Exception {
    has(1, WEB);
    groups
        .group("system.slice", "memory.max: 1048576", "memory.high: max", "memory.current: 999424")
        .group(
            "system.slice/web.service",
            "memory.current: 524288",
            "memory.max: 8388608",
            "memory.high: 4194304",
            "memory.swap.current: 8192",
            "memory.stat: anon 16384\nfile 32768\nkernel 1");

    assertThat(find(WEB, look()).memory())
        .isEqualTo(
            new Cgroup.Memory(524_288L, 4_194_304L, 1_048_576L, 50.0, 16_384L, 32_768L, 8_192L));
  }

  @Test
  void leavesOutThePercentOfNoLimit() throws Exception {
    has(1, WEB);
    groups.group("system.slice/web.service", "memory.current: 524288", "memory.max: max");
    Cgroup.Memory memory = find(WEB, look()).memory();
    assertThat(memory.maxBytes()).isNull();
    assertThat(memory.percentOfMax()).isNull();
    assertThat(memory.swapBytes()).isNull();
  }

  @Test
  void countsWhatHappenedSinceTheLookBefore() throws Exception {
    has(1, WEB);
    groups.group("system.slice/web.service", "memory.events: low 0\nmax 3\noom 1\noom_kill 1");
    assertThat(find(WEB, look()).events().oomKill()).isEqualTo(new Count(1L, null));
    groups.group("system.slice/web.service", "memory.events: low 0\nmax 9\noom 2\noom_kill 2");
    Cgroup.Events events = find(WEB, look()).events();
    assertThat(events.oomKill()).isEqualTo(new Count(2L, 1L));
    assertThat(events.max()).isEqualTo(new Count(9L, 6L));
    assertThat(events.high()).isEqualTo(Count.UNKNOWN);
    assertThat(find(WEB, look()).events().max()).isEqualTo(new Count(9L, 0L));
  }

  @Test
  void readsPidsPressureAndState() throws Exception {
    has(1, WEB);
    groups.group(
        "system.slice/web.service",
        "pids.current: 30",
        "pids.max: 40",
        "memory.pressure: some avg10=1.25 avg60=2.00 avg300=3.00 total=4\n"
            + "full avg10=0.50 avg60=0.10 avg300=0.00 total=2",
        "cpu.pressure: some avg10=9.00 avg60=8.00 avg300=7.00 total=6",
        "cgroup.events: populated 1\nfrozen 1");

    Cgroup web = find(WEB, look());
    assertThat(web.pids()).isEqualTo(new Cgroup.Pids(30L, 40L, 75.0));
    assertThat(web.pressure())
        .isEqualTo(
            new Cgroup.Stalls(
                new Stall(9.0, 8.0, null, null), new Stall(1.3, 2.0, 0.5, 0.1), Stall.UNKNOWN));
    assertThat(web.frozen()).isTrue();
    assertThat(web.populated()).isTrue();
  }

  @Test
  void isTheSameObjectWhereNothingChanged() throws Exception {
    has(1, WEB);
    groups.group("system.slice/web.service", "memory.current: 1000000000");
    Cgroup first = find(WEB, look());
    groups.group("system.slice/web.service", "memory.current: 1000004096");
    assertThat(find(WEB, look())).isSameAs(first);
    groups.group("system.slice/web.service", "memory.current: 1020000000");
    assertThat(find(WEB, look())).isNotEqualTo(first);
  }

  @Test
  void readsOnlyWhatARuleAsksFor() throws Exception {
    has(1, WEB);
    cpu(1_000, 0, 0, 0);
    groups.group("system.slice/web.service", "memory.current: 4096", "memory.stat: anon 4096");
    collector.ask(new Asked(Map.of("Cgroup", Set.of("memory.percentOfMax", "path"))));

    Cgroup web = find(WEB, look());
    assertThat(web.cpu()).isEqualTo(Cgroup.Cpu.UNKNOWN);
    assertThat(web.memory().currentBytes()).isEqualTo(4096);
    assertThat(web.memory().anonBytes()).isNull();
    assertThat(web.pids()).isEqualTo(Cgroup.Pids.UNKNOWN);
  }

  @Test
  void readsTheGroupsOfV1OfTheSamePath() throws Exception {
    proc.write("self/mountinfo", GroupFolder.hybridMounts());
    proc.write(
        "1/cgroup",
        v1("cpu", WEB)
            + v1("cpuacct", WEB)
            + v1("memory", WEB)
            + v1("pids", WEB)
            + v1("freezer", WEB)
            + "0::"
            + WEB
            + "\n");
    has(1, WEB);
    groups
        .group("unified/system.slice/web.service", "cgroup.events: populated 1\nfrozen 0")
        .group(
            "cpu/system.slice/web.service",
            "cpu.cfs_quota_us: 25000",
            "cpu.cfs_period_us: 100000",
            "cpu.stat: nr_periods 10\nnr_throttled 5\nthrottled_time 1000000")
        .group("cpuacct/system.slice/web.service", "cpuacct.usage: 1000000000")
        .group(
            "memory/system.slice/web.service",
            "memory.usage_in_bytes: 1048576",
            "memory.limit_in_bytes: 4194304",
            "memory.memsw.usage_in_bytes: 1056768",
            "memory.failcnt: 7",
            "memory.oom_control: oom_kill_disable 0\nunder_oom 0\noom_kill 2",
            "memory.stat: cache 1\nrss 2\ntotal_cache 8192\ntotal_rss 16384")
        .group("memory", "memory.limit_in_bytes: 9223372036854771712")
        .group("pids/system.slice/web.service", "pids.current: 3", "pids.max: max")
        .group("freezer/system.slice/web.service", "freezer.state: FROZEN");
    look();
    clock.advance(Duration.ofSeconds(4));
    groups.group("cpuacct/system.slice/web.service", "cpuacct.usage: 1800000000");
    groups.group(
        "cpu/system.slice/web.service",
        "cpu.stat: nr_periods 20\nnr_throttled 10\nthrottled_time 201000000");

    Cgroup web = find(WEB, look());
    assertThat(web.cpu()).isEqualTo(new Cgroup.Cpu(20.0, 20.0, 25.0, 50.0, 50.0));
    assertThat(web.memory())
        .isEqualTo(new Cgroup.Memory(1_048_576L, null, 4_194_304L, 25.0, 16_384L, 8_192L, 8_192L));
    assertThat(web.events().max()).isEqualTo(new Count(7L, 0L));
    assertThat(web.events().oomKill()).isEqualTo(new Count(2L, 0L));
    assertThat(web.events().high()).isEqualTo(Count.UNKNOWN);
    assertThat(web.pids()).isEqualTo(new Cgroup.Pids(3L, null, null));
    assertThat(web.frozen()).isTrue();
  }

  /** systemd makes groups of v1 only for the controllers that a unit needs. */
  @Test
  void takesTheMemoryOfASharedGroupForNobodysButItsLimit() throws Exception {
    proc.write("self/mountinfo", GroupFolder.hybridMounts());
    proc.write("1/cgroup", v1("memory", "/system.slice") + v1("pids", "/") + "0::" + WEB + "\n");
    has(1, WEB);
    groups
        .group("unified/system.slice/web.service", "cpu.stat: usage_usec 5")
        .group("memory/system.slice", "memory.usage_in_bytes: 4096", "memory.limit_in_bytes: 8192")
        .group("memory/system.slice/web.service", "memory.usage_in_bytes: 0")
        .group("pids", "pids.current: 7");

    List<Cgroup> seen = look();
    assertThat(find(WEB, seen).memory())
        .isEqualTo(new Cgroup.Memory(null, null, 8_192L, null, null, null, null));
    assertThat(find(WEB, seen).pids()).isEqualTo(Cgroup.Pids.UNKNOWN);
    assertThat(find("/system.slice", seen).memory().percentOfMax()).isEqualTo(50);
  }

  @Test
  void saysOnceThatAControllerIsMissing() throws Exception {
    has(1, WEB).has(2, "/system.slice/db.service");
    groups.group("system.slice/web.service", "cpu.stat: usage_usec 1");
    groups.group("system.slice/db.service");
    look();
    clock.advance(Duration.ofSeconds(2));
    look();
    assertThat(gaps)
        .extracting(Gap::aspect)
        .containsExactlyInAnyOrder(
            "cgroup/memory", "cgroup/events", "cgroup/pids", "cgroup/pressure");
  }

  @Test
  void saysOnceWhatManyFilesRefuse() throws Exception {
    has(1, WEB).has(2, "/system.slice/db.service");
    groups.group("system.slice/web.service", "pids.current: x", "pids.max: 1");
    groups.group("system.slice/db.service", "pids.current: y");
    look();
    assertThat(gaps)
        .contains(
            new Gap(
                "cgroup/pids.current",
                "2 control groups",
                "cgroup/pids.current: no number at character 0"));
  }

  @Test
  void keepsToThoseWithTheMostProcesses() throws Exception {
    collector = collector(EVERYTHING, 2);
    for (int pid = 1; pid <= 9; pid++) {
      has(pid, pid < 6 ? "/big" : pid < 9 ? "/middle" : "/small");
    }
    groups.group("big").group("middle").group("small");
    assertThat(look()).extracting(Cgroup::path).containsExactly("/big", "/middle");
    assertThat(gaps).extracting(Gap::subject).contains("1 of 3 control groups");
  }

  @Test
  void leavesTheRootOutUnlessAProcessIsThere() throws Exception {
    groups.group("a");
    has(1, "/a");
    processes.put(2, new ProcessMaker(2).kernelThread().make());
    assertThat(look()).extracting(Cgroup::path).containsExactly("/a");
    has(3, "/");
    assertThat(look()).extracting(Cgroup::path).containsExactly("/", "/a");
    assertThat(find("/", look()).processes()).isEqualTo(2);
  }

  @Test
  void failsWhereNothingIsMounted() {
    proc.write("self/mountinfo", "1 1 8:1 / / rw - ext4 /dev/sda rw\n");
    assertThatThrownBy(this::look).isInstanceOf(IOException.class).hasMessageContaining("mounted");
  }

  private CgroupsCollector collector(Asked asked, int most) {
    CgroupsCollector made = new CgroupsCollector(new ProcTree(proc.root()), clock, most);
    made.ask(asked);
    return made;
  }

  private CgroupsCollectorTest has(int pid, String path) {
    processes.put(pid, new ProcessMaker(pid).cgroup(path).make());
    return this;
  }

  private void cpu(long usage, long periods, long throttled, long throttledMicros) {
    groups.group(
        "system.slice/web.service",
        "cpu.max: 50000 100000",
        "cpu.stat: usage_usec %d\nnr_periods %d\nnr_throttled %d\nthrottled_usec %d"
            .formatted(usage, periods, throttled, throttledMicros));
  }

  private static String v1(String controller, String path) {
    return "3:" + controller + ":" + path + "\n";
  }

  private List<Cgroup> look() throws IOException {
    Gaps found = new Gaps();
    List<Cgroup> seen =
        collector.look(
            new Scene(clock.getAsLong(), clock.instant(), processes, List.of(), Set.of(), found));
    gaps = found.toList();
    return seen;
  }

  private static Cgroup find(String path, List<Cgroup> seen) {
    @Nullable Cgroup found =
        seen.stream().filter(c -> c.path().equals(path)).findFirst().orElse(null);
    if (found == null) {
      throw new AssertionError(path + " is not among " + seen);
    }
    return found;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
