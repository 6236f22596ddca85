package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.medicd.linux.proc.DiskStats.Disk;

class DeviceFilesTest {
  @Test
  void readsDisksOfAllAgesOfKernels() throws Exception {
    Disk sda = new Disk("8:0", "sda", 10, 30 * 512, 40, 50, 70 * 512, 80, 9, 100, 110);
    String old = "   8       0 sda 10 20 30 40 50 60 70 80 9 100 110";
    assertThat(DiskStats.parse(old).disks()).containsExactly(sda);
    assertThat(DiskStats.parse(old + " 120 130 140 150\n").disks()).containsExactly(sda);
    assertThat(DiskStats.parse(old + " 120 130 140 150 160 170\n").disks()).containsExactly(sda);
  }

  @Test
  void aPartitionOfAVeryOldKernelIsLeftOut() throws Exception {
    assertThat(DiskStats.parse("8 1 sda1 10 20 30 40\n").disks()).isEmpty();
  }

  @Test
  void aDiskWithoutAllItsCountersIsRefused() {
    assertThatThrownBy(() -> DiskStats.parse("8 0 sda 10 20 30 40 50 60\n"))
        .isInstanceOf(MalformedKernelFile.class)
        .hasMessage("proc/diskstats: a word is missing in \"8 0 sda 10 20 30 40 50 60\"");
  }

  @Test
  void readsTheDisksOfThisVeryHost() throws Exception {
    DiskStats.parse(Files.readString(Path.of("/proc/diskstats")));
  }
}
