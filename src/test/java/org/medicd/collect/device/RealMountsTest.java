package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.linux.proc.MalformedKernelFile;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;

class RealMountsTest {
  @Test
  void whatHoldsNoFilesOfAnybodyIsNone() throws Exception {
    assertThat(
            mountPoints(
                "21 26 0:20 / /proc rw - proc proc rw",
                "22 26 0:21 / /sys rw - sysfs sysfs rw",
                "23 26 0:6 / /dev rw - devtmpfs devtmpfs rw,size=4k",
                "24 23 0:22 / /dev/shm rw - tmpfs tmpfs rw,size=24683620k",
                "26 1 254:0 / / rw - ext4 /dev/vda rw",
                "27 26 7:1 / /snap/core/1 ro - squashfs /dev/loop1 ro",
                "28 26 11:0 / /media/cd ro - iso9660 /dev/sr0 ro",
                "29 26 0:31 / /misc rw - autofs systemd-1 rw",
                "30 26 0:40 / /mnt/nas rw - nfs4 nas:/export rw"))
        .containsExactly("/dev/shm", "/", "/mnt/nas");
  }

  @Test
  void aFileSystemThatIsMountedTwiceIsOne() throws Exception {
    assertThat(
            mountPoints(
                "26 1 8:1 / / rw - ext4 /dev/sda1 rw",
                "27 26 8:1 /srv /chroot/srv rw - ext4 /dev/sda1 rw",
                "28 26 0:50 / /data rw - btrfs /dev/sdb rw,subvol=/",
                "29 26 0:50 /home /home rw - btrfs /dev/sdb rw,subvol=/home"))
        .containsExactly("/", "/data");
  }

  @Test
  void whatAnotherMountHidesIsSeenWhereItShows() throws Exception {
    assertThat(
            mountPoints(
                "26 1 8:1 / / rw - ext4 /dev/sda1 rw",
                "27 26 8:2 / /mnt rw - ext4 /dev/sda2 rw",
                "28 27 0:60 / /mnt rw - tmpfs tmpfs rw",
                "29 26 8:2 / /again rw - ext4 /dev/sda2 rw"))
        .containsExactly("/", "/mnt", "/again");
  }

  @Test
  void anOverlayCountsAsARootOnly() throws Exception {
    String root = "26 1 0:70 / / rw - overlay overlay rw,lowerdir=/a";
    String container = "27 26 0:71 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw";
    assertThat(mountPoints(root, container)).containsExactly("/");
  }

  @Test
  void aMountOnARemovedFolderCannotBeAsked() throws Exception {
    assertThat(mountPoints("27 26 8:2 / /mnt/gone//deleted rw - ext4 /dev/sda2 rw")).isEmpty();
  }

  @Test
  void isReadOnlyAsAMountOrAsAWholeOrByAnError() throws Exception {
    assertThat(readOnly("rw,relatime", "rw,errors=remount-ro")).isFalse();
    assertThat(readOnly("ro,relatime", "rw")).isTrue();
    assertThat(readOnly("rw", "ro,errors=remount-ro")).isTrue();
    assertThat(readOnly("rw", "rw,emergency_ro")).isTrue();
  }

  private static boolean readOnly(String mount, String whole) throws MalformedKernelFile {
    return MountInfo.parse("1 0 8:1 / / " + mount + " shared:1 - ext4 /dev/sda1 " + whole)
        .mounts()
        .get(0)
        .readOnly();
  }

  private static java.util.List<String> mountPoints(String... lines) throws MalformedKernelFile {
    return RealMounts.of(MountInfo.parse(String.join("\n", lines) + "\n")).stream()
        .map(Mount::mountPoint)
        .toList();
  }
}
