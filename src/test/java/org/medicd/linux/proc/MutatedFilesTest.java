package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medicd.linux.cgroup.Amount;
import org.medicd.linux.cgroup.CpuMax;
import org.medicd.linux.cgroup.CpuStat;
import org.medicd.linux.cgroup.GroupEvents;
import org.medicd.linux.cgroup.Hierarchies;
import org.medicd.linux.cgroup.MemoryEvents;
import org.medicd.linux.cgroup.MemoryStat;
import org.medicd.linux.kmsg.LogRecord;

/** Whatever is done to a file, its parser answers or throws MalformedKernelFile. */
@Tag("once")
class MutatedFilesTest {
  private static final int ROUNDS = 20_000;
  private static final long SEED = 20_260_101;
  private static final byte[] ODD =
      "() :=/\\0\n\t-9x%.@_\u00ff".getBytes(StandardCharsets.ISO_8859_1);

  private interface Parser {
    Object parse(byte[] content) throws MalformedKernelFile;
  }

  private record Sample(Parser parser, String content) {}

  private static final Map<String, Sample> SAMPLES =
      Map.ofEntries(
          Map.entry(
              "stat",
              new Sample(b -> PidStat.parse(b, b.length), "42 (a)" + PidStatTest.AFTER_COMM)),
          Map.entry("statm", new Sample(b -> Statm.parse(text(b)), "1 2 3 4 5 6 7\n")),
          Map.entry(
              "status",
              new Sample(
                  b -> PidStatus.parse(text(b)).toString() + PidStatus.parse(text(b)).anonBytes(),
                  "State:\tS (x)\nUid:\t1\t2\t3\t4\nRssAnon:\t1 kB\nVmSwap:\t1 kB\nSigQ:\t1/2\n")),
          Map.entry(
              "stat tail",
              new Sample(b -> PidStatTail.parse(b, b.length), "42 (a)" + PidStatTest.AFTER_COMM)),
          Map.entry("io", new Sample(b -> PidIo.parse(text(b)), "read_bytes: 1\nwrite_bytes: 2\n")),
          Map.entry(
              "limits",
              new Sample(b -> PidLimits.parse(text(b)), "Max open files  1024  9 files\n")),
          Map.entry("cpulist", new Sample(b -> CpuList.parse(text(b)), "0-3,8,10-11\n")),
          Map.entry("schedstat", new Sample(b -> SchedStat.parse(text(b)), "1 2 3\n")),
          Map.entry(
              "cgroup",
              new Sample(
                  b -> "" + UnitName.ofCgroup(CgroupFile.parse(text(b))),
                  "12:name=systemd:/system.slice/a@b.service\n0::/system.slice/c.scope\n")),
          Map.entry(
              "host stat",
              new Sample(b -> HostStat.parse(text(b)), "cpu 1 2 3 4 5 6 7 8\ncpu0 1\nbtime 1\n")),
          Map.entry(
              "meminfo",
              new Sample(b -> MemInfo.parse(text(b)), "MemTotal: 1 kB\nMemFree: 1 kB\n")),
          Map.entry("loadavg", new Sample(b -> LoadAvg.parse(text(b)), "0.1 0.2 0.3 1/2 3\n")),
          Map.entry(
              "pressure",
              new Sample(
                  b -> PressureFile.parse("io", text(b)),
                  "some avg10=0.1 avg60=0.2 avg300=0.3 total=4\n")),
          Map.entry(
              "mountinfo",
              new Sample(
                  b -> "" + MountInfo.parse(text(b)).of("/a/b"),
                  "1 2 8:1 / /a\\040b rw - ext4 /dev/sda rw\n2 1 8:2 / / rw - xfs b rw\n")),
          Map.entry(
              "cgroup paths",
              new Sample(b -> CgroupFile.paths(text(b)), "4:cpu,cpuacct:/a\n1:name=x:/b\n0::/c\n")),
          Map.entry(
              "cgroup mounts",
              new Sample(
                  b -> "" + Hierarchies.parse(text(b), "").of("cpu"),
                  "1 2 0:1 /r /a\\040b rw - cgroup2 c rw\n2 1 0:2 / /c rw x - cgroup c rw,cpu\n")),
          Map.entry(
              "cpu.stat", new Sample(b -> CpuStat.parse(text(b)), "usage_usec 12\nnr_periods 3\n")),
          Map.entry("cpu.max", new Sample(b -> "" + CpuMax.parse(text(b)), "50000 100000\n")),
          Map.entry(
              "memory.stat", new Sample(b -> MemoryStat.parse(text(b)), "anon 1\nfile 2\nx 3\n")),
          Map.entry(
              "memory.events",
              new Sample(b -> MemoryEvents.parse(text(b)), "low 0\nmax 7\noom_kill 3\n")),
          Map.entry(
              "memory.oom_control",
              new Sample(b -> MemoryEvents.ofLegacy(text(b), "4\n"), "under_oom 0\noom_kill 3\n")),
          Map.entry(
              "cgroup.events",
              new Sample(b -> GroupEvents.parse(text(b)), "populated 1\nfrozen 0\n")),
          Map.entry(
              "memory.max",
              new Sample(b -> "" + Amount.parseLimit("memory.max", text(b)), "1234\n")),
          Map.entry(
              "kmsg",
              new Sample(b -> LogRecord.parse(b, b.length), "6,1,2,-;a\\x0ab c\n KEY=\\x5c\n")),
          Map.entry(
              "diskstats",
              new Sample(
                  b -> DiskStats.parse(text(b)),
                  " 8 0 sda 1 2 3 4 5 6 7 8 9 10 11 12 13\n8 1 sda1 1 2 3 4\n")),
          Map.entry(
              "net/dev",
              new Sample(
                  b -> NetDev.parse(text(b)),
                  "|\n|\n lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n")),
          Map.entry(
              "vmstat",
              new Sample(
                  b -> VmStat.parse(text(b)),
                  "nr_free_pages 1\npswpin 1\npswpout 2\npgmajfault 3\noom_kill 4\n")),
          Map.entry("file-nr", new Sample(b -> FileNr.parse(text(b)), "615\t0\t2466160\n")),
          Map.entry("sysctl", new Sample(b -> SysctlNumber.parse(text(b)), "4194304\n")),
          Map.entry(
              "tcp",
              new Sample(
                  b -> TcpTable.parse(text(b)),
                  "sl\n 0: 0F:1F 0:0 0A 0:0 00:0 0 0 0 12345 1\n1: 0F:1F 0:0 01 0:0 00:0 0 0 0 7\n")),
          Map.entry(
              "inet",
              new Sample(
                  b -> InetTable.parse(text(b)),
                  "sl\n 0: 0100007F:1F90 00000000:0000 0A 0:5 00:0 0 0 0 17\n"
                      + " 1: 00000000000000000000000001000000:1 0100007F:1 01 0:5 00:0 0 0 0 18\n")),
          Map.entry(
              "fdinfo",
              new Sample(
                  b ->
                      MountDevices.isWritable(text(b))
                          + MountDevices.parse("22 1 8:1 / /\n" + text(b)).ofFile(text(b)),
                  "pos:\t0\nflags:\t0100001\nmnt_id:\t22\n23 1 8:1 / /\n")),
          Map.entry(
              "unix",
              new Sample(
                  b -> UnixTable.parse(text(b)),
                  "Num\n0: 0002 0000 00010000 0001 01 17 /run/a.sock\n0: 3 0 0 0002 03 18\n")),
          Map.entry("passwd", new Sample(b -> Passwd.parse(text(b)), "a:x:1:1::/:/\nb:x:2:2\n")),
          Map.entry(
              "syscall",
              new Sample(b -> "" + SyscallFile.parse(text(b)), "0 0x1 0x2 0x3 0x4 0x5 0x6 0x7\n")));

  static Set<String> kinds() {
    return SAMPLES.keySet();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isAnsweredOrRefusedButNeverThrowsAnythingElse(String kind) throws Exception {
    Sample sample = Objects.requireNonNull(SAMPLES.get(kind));
    byte[] whole = sample.content().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(sample.parser().parse(whole)).isNotNull();
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = mutate(whole, random);
      try {
        sample.parser().parse(mutated);
      } catch (MalformedKernelFile e) {
        assertThat(e.getMessage()).containsPattern("^(proc|cgroup|dev|sys)/");
      } catch (RuntimeException e) {
        fail("for \"" + text(mutated) + "\"", e);
      }
    }
  }

  private static byte[] mutate(byte[] whole, Random random) {
    byte[] bytes =
        Arrays.copyOf(
            whole, random.nextInt(4) > 0 ? whole.length : random.nextInt(whole.length + 8));
    for (int changes = random.nextInt(5); changes > 0 && bytes.length > 0; changes--) {
      boolean odd = random.nextBoolean();
      bytes[random.nextInt(bytes.length)] =
          odd ? ODD[random.nextInt(ODD.length)] : (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
