package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Pressure;
import org.medicd.fact.Pressure.Stall;
import org.medicd.linux.proc.HostStat.CpuTicks;

class HostFilesTest {
  @Test
  void readsTheTimeOfTheCpus() throws Exception {
    HostStat stat =
        HostStat.parse(
            "cpu  100 20 30 400 50 6 7 8 90 10\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nintr 1 2\n"
                + "ctxt 77\nbtime 1700000000\nprocesses 99\nprocs_running 3\nprocs_blocked 1\n");
    assertThat(stat)
        .isEqualTo(
            new HostStat(
                2, new CpuTicks(100, 20, 30, 13, 400, 50, 8), 1_700_000_000L, 3L, 1L, 99L, 77L));
    assertThat(stat.all().busy()).isEqualTo(163);
    assertThat(stat.all().total()).isEqualTo(621);
  }

  @Test
  void readsTheTimeOfAnOldKernel() throws Exception {
    HostStat stat = HostStat.parse("cpu 1 2 3 4\ncpu0 1 2 3 4\nbtime 5");
    assertThat(stat)
        .isEqualTo(new HostStat(1, new CpuTicks(1, 2, 3, 0, 4, 0, 0), 5, null, null, null, null));
    assertThatThrownBy(() -> HostStat.parse("cpu 1 2 3\ncpu0 1\nbtime 5\n"))
        .isInstanceOf(MalformedKernelFile.class)
        .hasMessage("proc/stat: a word is missing in \"cpu 1 2 3\"");
  }

  @Test
  void readsMemory() throws Exception {
    assertThat(
            MemInfo.parse(
                "MemTotal:  1000 kB\nMemFree:  200 kB\nMemAvailable: 500 kB\nSwapTotal: 0 kB\n"))
        .isEqualTo(
            new MemInfo(
                1_024_000, 204_800, 512_000L, null, 0L, null, null, null, null, null, null));
    MemInfo memory =
        MemInfo.parse(
            "MemTotal: 1 kB\nMemFree: 1 kB\nCached: 2 kB\nSwapCached: 9 kB\nDirty: 3 kB\n"
                + "Writeback: 4 kB\nWritebackTmp: 9 kB\nShmem: 5 kB\nShmemHugePages: 9 kB\n"
                + "SReclaimable: 6 kB\nSUnreclaim: 7 kB\nHugePages_Total: 0\n");
    assertThat(memory.cachedBytes()).isEqualTo(2048);
    assertThat(memory.dirtyBytes()).isEqualTo(3072);
    assertThat(memory.writebackBytes()).isEqualTo(4096);
    assertThat(memory.shmemBytes()).isEqualTo(5120);
    assertThat(memory.slabReclaimableBytes()).isEqualTo(6144);
    assertThat(memory.slabUnreclaimableBytes()).isEqualTo(7168);
  }

  @Test
  void readsWhatTheKernelDoesForWantOfMemory() throws Exception {
    assertThat(VmStat.parse("nr_free_pages 9\npswpin 1\npswpout 2\npgmajfault 3\noom_kill 4\n"))
        .isEqualTo(new VmStat(1L, 2L, 3L, 4L));
    assertThat(VmStat.parse("pgmajfault 3\n")).isEqualTo(new VmStat(null, null, 3L, null));
  }

  @Test
  void readsTheLimitsOfTheHost() throws Exception {
    assertThat(FileNr.parse("615\t10\t9223372036854775807\n"))
        .isEqualTo(new FileNr(605, Long.MAX_VALUE));
    assertThat(SysctlNumber.parse("4194304\n").value()).isEqualTo(4_194_304);
    assertThatThrownBy(() -> SysctlNumber.parse("\n")).isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void readsLoad() throws Exception {
    assertThat(LoadAvg.parse("212.01 9.50 0.33 3/4000 123\n"))
        .isEqualTo(new LoadAvg(212.01, 9.5, 0.33, 4000L));
    assertThatThrownBy(() -> LoadAvg.parse("NaN 1 1")).isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void readsPressureWithAndWithoutFull() throws Exception {
    String some = "some avg10=1.50 avg60=0.20 avg300=0.03 total=12345\n";
    assertThat(PressureFile.parse("cpu", some))
        .isEqualTo(new Pressure("cpu", new Stall(1.5, 0.2, 0.03, 12345), null));
    assertThat(PressureFile.parse("io", some + some.replace("some", "full")).full())
        .isEqualTo(new Stall(1.5, 0.2, 0.03, 12345));
  }

  @Test
  void namesUsers() {
    Passwd passwd = Passwd.parse("# no:x:1:\nroot:x:0:0::/root:/bin/sh\n+::::::\nbad\na:x:-1:\n");
    assertThat(passwd.name(0)).isEqualTo("root");
    assertThat(passwd.name(1)).isEqualTo("1");
    assertThat(passwd.name(-2)).isEqualTo("4294967294");
  }

  @Test
  void readsThisVeryHost() throws Exception {
    Path proc = Path.of("/proc");
    HostStat stat = HostStat.parse(Files.readString(proc.resolve("stat")));
    assertThat(stat.cpus()).isPositive();
    assertThat(stat.all().total()).isPositive();
    MemInfo memory = MemInfo.parse(Files.readString(proc.resolve("meminfo")));
    assertThat(memory.availableBytes()).isBetween(1L, memory.totalBytes());
    assertThat(LoadAvg.parse(Files.readString(proc.resolve("loadavg"))).load1()).isNotNegative();
  }
}
