package org.medicd.act.chore;

import java.io.IOException;
import java.time.Duration;
import org.medicd.linux.proc.MountInfo.Mount;
import org.medicd.plan.Outcome;

/** Makes a mounted file system read-only, or writable again; the kernel may refuse either. */
record Remount(Root root, String mountPoint) {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  /**
   * @param option ro or rw
   */
  Outcome to(String option) throws IOException, InterruptedException {
    if (!isMounted()) {
      return new Outcome.Vanished("nothing is mounted on " + mountPoint);
    }
    root.run(WITHIN, "mount", "-o", "remount," + option, "--", mountPoint);
    Mount mount = root.mounts().of(mountPoint);
    boolean wanted = option.equals("ro");
    return mount != null && mount.readOnly() == wanted
        ? new Outcome.Done(mountPoint + " is mounted " + (wanted ? "read-only" : "writable"))
        : new Outcome.Failed(mountPoint + " is as it was, although mount said nothing");
  }

  private boolean isMounted() throws IOException {
    Mount mount = root.mounts().of(mountPoint);
    return mount != null && mount.mountPoint().equals(mountPoint);
  }
}
