package org.medicd.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.medicd.linux.proc.MalformedKernelFile;

class CgroupFilesTest {
  @Test
  void readsTheTimeOnACpuOfEitherVersion() throws Exception {
    assertThat(
            CpuStat.parse(
                "usage_usec 303340000\nuser_usec 1\nsystem_usec 2\nnr_periods 10\n"
                    + "nr_throttled 4\nthrottled_usec 7000\n"))
        .isEqualTo(new CpuStat(303_340_000L, 10L, 4L, 7000L));
    assertThat(CpuStat.parse("nr_periods 10\nnr_throttled 4\nthrottled_time 7000999\n"))
        .isEqualTo(new CpuStat(null, 10L, 4L, 7000L));
  }

  @Test
  void knowsNoThrottlingWithoutTheController() throws Exception {
    assertThat(CpuStat.parse("usage_usec 5\nuser_usec 3\nsystem_usec 2\n"))
        .isEqualTo(new CpuStat(5L, null, null, null));
  }

  @Test
  void takesNoKeyForAnotherThatBeginsAlike() throws Exception {
    assertThat(MemoryEvents.parse("max 7\noom 2\noom_kill 1\noom_group_kill 9\n"))
        .isEqualTo(new MemoryEvents(null, null, 7L, 2L, 1L));
    assertThat(MemoryStat.parse("anon_thp 9\nfile_mapped 8\nanon 4096\nfile 8192\n"))
        .isEqualTo(new MemoryStat(4096L, 8192L));
  }

  @Test
  void readsTheMemoryOfV1WithTheGroupsBelow() throws Exception {
    assertThat(MemoryStat.parse("cache 1\nrss 2\ntotal_cache 30\ntotal_rss 40\n"))
        .isEqualTo(new MemoryStat(40L, 30L));
    assertThat(MemoryEvents.ofLegacy("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n", "12\n"))
        .isEqualTo(new MemoryEvents(null, null, 12L, null, 3L));
    assertThat(MemoryEvents.ofLegacy("oom_kill_disable 0\nunder_oom 0\n", null))
        .isEqualTo(new MemoryEvents(null, null, null, null, null));
  }

  @Test
  void tellsQuotasInPercentOfOneCore() throws Exception {
    assertThat(CpuMax.parse("50000 100000\n")).isEqualTo(50);
    assertThat(CpuMax.parse("350000 100000\n")).isEqualTo(350);
    assertThat(CpuMax.parse("max 100000\n")).isNull();
    assertThat(CpuMax.parse("25000\n", "100000\n")).isEqualTo(25);
    assertThat(CpuMax.parse("-1\n", "100000\n")).isNull();
    assertThatThrownBy(() -> CpuMax.parse("5 0\n")).isInstanceOf(MalformedKernelFile.class);
    assertThatThrownBy(() -> CpuMax.parse("5\n")).isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void takesTheWordsForNoLimitOfEitherVersion() throws Exception {
    assertThat(Amount.parseLimit("memory.max", "max\n")).isNull();
    assertThat(Amount.parseLimit("memory.limit_in_bytes", "9223372036854771712\n")).isNull();
    assertThat(Amount.parseLimit("memory.max", "0\n")).isZero();
    assertThat(Amount.parseLimit("pids.max", "4096\n")).isEqualTo(4096);
  }

  @Test
  void takesACounterBeyondALongForItsLargest() throws Exception {
    assertThat(Amount.parse("memory.current", "18446744073709551615\n")).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> Amount.parse("memory.current", "-5\n"))
        .isInstanceOf(MalformedKernelFile.class);
    assertThatThrownBy(() -> Amount.parse("memory.current", ""))
        .isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void readsWhetherAGroupIsFrozen() throws Exception {
    assertThat(GroupEvents.parse("populated 1\nfrozen 1\n")).isEqualTo(new GroupEvents(true, true));
    assertThat(GroupEvents.parse("populated 0\n")).isEqualTo(new GroupEvents(false, null));
    assertThat(GroupEvents.isFrozen("FROZEN\n")).isTrue();
    assertThat(GroupEvents.isFrozen("FREEZING\n")).isFalse();
    assertThatThrownBy(() -> GroupEvents.parse("frozen 1\n"))
        .isInstanceOf(MalformedKernelFile.class);
  }
}
