package org.medicd.collect.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;

/** The mounts that can fill up, each file system once. */
final class RealMounts {
  /** What holds no files of anybody, and autofs, where a question mounts what is behind it. */
  private static final Set<String> VIRTUAL =
      Set.of(
          ("autofs binder binfmt_misc bpf cgroup cgroup2 configfs cpuset debugfs devpts devtmpfs"
                  + " efivarfs fusectl fuse.gvfsd-fuse fuse.lxcfs fuse.portal functionfs"
                  + " hugetlbfs mqueue nfsd nsfs proc pstore ramfs resctrl rootfs rpc_pipefs"
                  + " securityfs selinuxfs smackfs sysfs tracefs")
              .split(" "));

  /** Always full, and never written. */
  private static final Set<String> IMAGES =
      Set.of("cramfs", "erofs", "fuse.snapfuse", "fuse.squashfuse", "iso9660", "romfs", "squashfs");

  /** The mark of a mount whose folder was removed elsewhere. */
  private static final String REMOVED = "//deleted";

  private RealMounts() {}

  /** The first mount of each file system that no other mount hides. */
  static List<Mount> of(MountInfo info) {
    Set<String> devices = new HashSet<>();
    List<Mount> real = new ArrayList<>();
    for (Mount mount : info.mounts()) {
      if (canFillUp(mount) && !isHidden(mount, info) && devices.add(mount.device())) {
        real.add(mount);
      }
    }
    return real;
  }

  /**
   * An overlay tells the space of the file system below it; only as a root does it stand for it.
   */
  private static boolean canFillUp(Mount mount) {
    return !VIRTUAL.contains(mount.type())
        && !IMAGES.contains(mount.type())
        && !mount.mountPoint().endsWith(REMOVED)
        && (!mount.type().equals("overlay") || mount.mountPoint().equals("/"));
  }

  private static boolean isHidden(Mount mount, MountInfo info) {
    Mount visible = info.of(mount.mountPoint());
    return visible != null && !visible.device().equals(mount.device());
  }
}
