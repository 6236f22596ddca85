package org.medicd.collect.census;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.fact.Host;
import org.medicd.linux.proc.FileNr;
import org.medicd.linux.proc.SysctlNumber;

/** How near the host is to its limits of tasks and of open files. */
final class LimitsLook {
  /** Administrators change them now and then, nobody else does. */
  private static final int LOOKS_PER_READING = 60;

  private final ProcTree tree;
  private @Nullable Long pidMax;
  private @Nullable Long threadsMax;
  private int looks;

  LimitsLook(ProcTree tree) {
    this.tree = tree;
  }

  Host.Tasks tasks(@Nullable Long threads, Gaps gaps) {
    if (looks++ % LOOKS_PER_READING == 0) {
      pidMax = number("sys/kernel/pid_max", gaps);
      threadsMax = number("sys/kernel/threads-max", gaps);
    }
    return new Host.Tasks(threads, pidMax, threadsMax, percent(threads, lower()));
  }

  private @Nullable Long lower() {
    Long pids = pidMax;
    Long threads = threadsMax;
    if (pids == null || threads == null) {
      return pids == null ? threads : pids;
    }
    return Math.min(pids, threads);
  }

  Host.Files files(Gaps gaps) {
    try {
      FileNr files = FileNr.parse(tree.read("sys/fs/file-nr"));
      return new Host.Files(files.open(), files.most(), percent(files.open(), files.most()));
    } catch (IOException e) {
      gaps.ofHost("proc/sys/fs/file-nr", e);
      return Host.Files.UNKNOWN;
    }
  }

  private @Nullable Long number(String file, Gaps gaps) {
    try {
      return SysctlNumber.parse(tree.read(file)).value();
    } catch (IOException e) {
      gaps.ofHost("proc/" + file, e);
      return null;
    }
  }

  private static @Nullable Double percent(@Nullable Long part, @Nullable Long whole) {
    return part == null || whole == null || whole <= 0
        ? null
        : (Double) Average.tenths(100.0 * part / whole);
  }
}
