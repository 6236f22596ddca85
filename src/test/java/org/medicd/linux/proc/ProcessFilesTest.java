package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcessFilesTest {
  private static final String STATUS =
      "Name:\ta\\nUid:\t5\nState:\tD (disk sleep)\nUid:\t1\t1000\t3\t4\nTracerPid:\t9\n"
          + "VmRSS:\t    300 kB\nRssAnon:\t   100 kB\nVmSwap:\t    20 kB\nThreads:\t4\n"
          + "SigQ:\t7/63000\nvoluntary_ctxt_switches:\t40\nnonvoluntary_ctxt_switches:\t2\nCpus_allowed_list:\t0-3,8\n";

  @Test
  void readsAStatus() throws Exception {
    PidStatus status = PidStatus.parse(STATUS);
    assertThat(status)
        .isEqualTo(new PidStatus('D', 1000, 4, 9, 307_200L, 102_400L, 20_480L, 42L, 7L, "0-3,8"));
    assertThat(status.anonBytes()).isEqualTo(122_880L);
  }

  @Test
  void aStatusWithoutMemoryLinesHasUnknownMemory() throws Exception {
    PidStatus status = PidStatus.parse("State:\tZ (zombie)\nUid:\t0\t0\t0\t0\n");
    assertThat(status.anonBytes()).isNull();
    assertThat(status.contextSwitches()).isNull();
  }

  @Test
  void anUnsignedUserIdKeepsItsBits() throws Exception {
    PidStatus status = PidStatus.parse("State:\tS\nUid:\t0\t4294967294\t0\t0\n");
    assertThat(Integer.toUnsignedString(status.effectiveUid())).isEqualTo("4294967294");
  }

  @Test
  void readsWhatItMovedAndMayHold() throws Exception {
    assertThat(PidIo.parse("rchar: 9\nwchar: 8\nread_bytes: 4096\nwrite_bytes: 0\n"))
        .isEqualTo(new PidIo(4096, 0));
    String head = "Limit                     Soft Limit           Hard Limit           Units\n";
    String files = "Max open files            %s                 20000                files\n";
    assertThat(PidLimits.parse(head + files.formatted("1024")).openFiles()).isEqualTo(1024);
    assertThat(PidLimits.parse(head + files.formatted("unlimited")).openFiles()).isNull();
  }

  @Test
  void readsAListOfCpus() throws Exception {
    assertThat(CpuList.parse("0-2,8\n")).containsExactly(0, 1, 2, 8);
    assertThat(CpuList.parse("\n")).isEmpty();
    assertThatThrownBy(() -> CpuList.parse("0-999999999")).isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void aStatusWithoutAUserIsRefused() {
    assertThatThrownBy(() -> PidStatus.parse("State:\tS\n"))
        .isInstanceOf(MalformedKernelFile.class)
        .hasMessageContaining("Uid");
  }

  @Test
  void readsStatmAndSchedstat() throws Exception {
    assertThat(Statm.parse("100 20 5 1 0 9 0\n")).isEqualTo(new Statm(100, 20, 5));
    assertThat(SchedStat.parse("1000 2000 3\n")).isEqualTo(new SchedStat(1000, 2000, 3));
  }

  @Test
  void readsTheSystemCallThatATaskWaitsIn() throws Exception {
    assertThat(SyscallFile.parse("74 0x3 0x0 0xffffffffffffffff 0x0 0x0 0x0 0x7ffc 0x7f1\n"))
        .isEqualTo(new SyscallFile(74, List.of(3L, 0L, -1L, 0L, 0L, 0L)));
    assertThat(SyscallFile.parse("running\n")).isNull();
    assertThat(SyscallFile.parse("-1 0x7ffc 0x7f1\n")).isEqualTo(new SyscallFile(-1, List.of()));
  }

  @Test
  void findsTheMountThatAPathLiesIn() throws Exception {
    MountInfo mounts =
        MountInfo.parse(
            "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
                + "23 22 0:5 / /srv rw - nfs4 nas:/export rw\n"
                + "24 23 7:0 / /srv/my\\040disk rw shared:2 master:1 - ext4 /dev/loop0 rw\n"
                + "25 22 7:1 / /mnt rw - ext4 /dev/loop1 rw\n"
                + "26 25 7:2 / /mnt rw - ext4 /dev/loop2 rw\n");
    assertThat(source(mounts, "/etc/passwd")).isEqualTo("/dev/sda1");
    assertThat(source(mounts, "/srv/a")).isEqualTo("nas:/export");
    assertThat(source(mounts, "/srvx")).isEqualTo("/dev/sda1");
    assertThat(source(mounts, "/srv/my disk/a")).isEqualTo("/dev/loop0");
    assertThat(source(mounts, "/mnt/a")).isEqualTo("/dev/loop2");
  }

  @Test
  void readsThisVeryProcess() throws Exception {
    Path self = Path.of("/proc/self");
    assertThat(PidStatus.parse(Files.readString(self.resolve("status"))).anonBytes()).isPositive();
    MountInfo mounts = MountInfo.parse(Files.readString(self.resolve("mountinfo")));
    assertThat(source(mounts, "/proc/1")).isEqualTo("proc");
    assertThat(CgroupFile.parse(Files.readString(self.resolve("cgroup")))).startsWith("/");
  }

  private static String source(MountInfo mounts, String path) {
    return Objects.requireNonNull(mounts.of(path)).source();
  }
}
