package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.ProcTree;
import org.medicd.fact.DeviceId;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.GroupId;

class WaitFinderTest {
  private static final FilesystemId DATA = new FilesystemId("/data", "/dev/loop0");
  private static final String MOUNTS =
      "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 7:0 / /data rw - ext4 /dev/loop0 rw\n"
          + "24 22 0:5 / /dev rw - devtmpfs udev rw\n";
  private static final String WRITE = "1 0x3 0x0 0x0 0x0 0x0 0x0 0x7f 0x7f\n";
  private static final String OPENAT = "257 0xffffff9c 0x0 0x0 0x0 0x0 0x0 0x7f 0x7f\n";

  @TempDir Path folder;
  private ProcFolder proc;
  private WaitFinder finder;

  @BeforeEach
  void makeAProcess() throws Exception {
    proc = new ProcFolder(folder).write("42/mountinfo", MOUNTS);
    finder = new WaitFinder(new ProcTree(proc.root()), FileSyscalls.of("amd64"));
  }

  @Test
  void namesTheFileSystemOfTheFileWhateverTheKernelFunction() throws Exception {
    proc.link("42/fd/3", "/data/a/log");
    for (String wchan : new String[] {"percpu_rwsem_wait", "rwsem_down_write_slowpath", "odd"}) {
      task(wchan, WRITE);
      assertThat(finder.find(42, 42)).isEqualTo(new Wait(wchan, DATA, null));
    }
  }

  @Test
  void namesItAsMedicdItselfSeesIt() throws Exception {
    proc.write("self/mountinfo", MOUNTS.replace("/data", "/srv/volumes/1"));
    proc.link("42/fd/3", "/data/a/log");
    task("percpu_rwsem_wait", WRITE);
    assertThat(finder.find(42, 42).on())
        .isEqualTo(new FilesystemId("/srv/volumes/1", "/dev/loop0"));
  }

  @Test
  void namesTheDeviceThatIsWrittenToDirectly() throws Exception {
    Files.createDirectories(folder.resolve("sys/class/block/sda"));
    proc.link("42/fd/3", "/dev/sda");
    task("blkdev_direct_IO", WRITE);
    assertThat(finder.find(42, 42).on()).isEqualTo(new DeviceId("sda"));
  }

  @Test
  void takesTheWorkingFolderOnlyForWhatLooksLikeAFileSystemsWait() throws Exception {
    proc.link("42/cwd", "/data/in");
    task("rpc_wait_bit_killable", OPENAT);
    assertThat(finder.find(42, 42).on()).isEqualTo(DATA);
    task("kernel_clone", OPENAT);
    assertThat(finder.find(42, 42).on()).isEqualTo(new GroupId("tasks waiting in kernel_clone"));
  }

  @Test
  void groupsByTheKernelFunctionWhatHasNoFile() throws Exception {
    proc.link("42/fd/3", "pipe:[123]");
    task("pipe_wait", WRITE);
    assertThat(finder.find(42, 42).on()).isEqualTo(new GroupId("tasks waiting in pipe_wait"));
  }

  @Test
  void knowsNothingWhereTheKernelTellsNothing() {
    task("0", "running\n");
    assertThat(finder.find(42, 42)).isEqualTo(new Wait(null, null, null));
  }

  @Test
  void keepsWhyItCouldNotSeeMore() {
    proc.write("42/task/42/wchan", "io_schedule");
    Wait wait = finder.find(42, 42);
    assertThat(wait.on()).isEqualTo(new GroupId("tasks waiting in io_schedule"));
    assertThat(wait.failure()).hasMessageContaining("42/task/42/syscall");
  }

  @Test
  void knowsTheCallsOfBothArchitectures() {
    assertThat(FileSyscalls.of("amd64").nameFile(74)).isTrue();
    assertThat(FileSyscalls.of("aarch64").nameFile(82)).isTrue();
    assertThat(FileSyscalls.of("aarch64").nameFolder(56)).isTrue();
    assertThat(FileSyscalls.of("riscv64").nameFile(63)).isFalse();
  }

  private void task(String wchan, String syscall) {
    proc.write("42/task/42/wchan", wchan).write("42/task/42/syscall", syscall);
  }
}
