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
                + "btime 1700000000\nprocs_running 3\nprocs_blocked 1\n");
    assertThat(stat)
        .isEqualTo(new HostStat(2, new CpuTicks(163, 400, 50, 8), 1_700_000_000L, 3L, 1L));
    assertThat(stat.all().total()).isEqualTo(621);
  }

  @Test
  void readsMemory() throws Exception {
    assertThat(
            MemInfo.parse(
                "MemTotal:  1000 kB\nMemFree:  200 kB\nMemAvailable: 500 kB\nSwapTotal: 0 kB\n"))
        .isEqualTo(new MemInfo(1_024_000, 204_800, 512_000L, null, 0L, null));
  }

  @Test
  void readsLoad() throws Exception {
    assertThat(LoadAvg.parse("212.01 9.50 0.33 3/4000 123\n"))
        .isEqualTo(new LoadAvg(212.01, 9.5, 0.33));
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
