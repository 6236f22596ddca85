package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/** The quota of CPU time: cpu.max of v2, cpu.cfs_quota_us and cpu.cfs_period_us of v1. */
public final class CpuMax {
  private static final String FILE = "cgroup/cpu.max";

  private CpuMax() {}

  /**
   * @param content of cpu.max: quota or "max", and the period
   * @return in percent of one core; null without a quota
   */
  public static @Nullable Double parse(String content) throws MalformedKernelFile {
    String line = content.stripTrailing();
    int space = line.indexOf(' ');
    if (space < 0) {
      throw new MalformedKernelFile(FILE, "no period");
    }
    return percent(line.substring(0, space), line.substring(space + 1));
  }

  /** The same from the two files of v1; a quota of -1 is none. */
  public static @Nullable Double parse(String quota, String period) throws MalformedKernelFile {
    return percent(quota.stripTrailing(), period.stripTrailing());
  }

  private static @Nullable Double percent(String quota, String period) throws MalformedKernelFile {
    if (quota.equals("max") || quota.equals("-1")) {
      return null;
    }
    long micros = KeyedNumbers.number(FILE, quota, 0, quota.length());
    long periodMicros = KeyedNumbers.number(FILE, period, 0, period.length());
    if (periodMicros == 0) {
      throw new MalformedKernelFile(FILE, "a period of 0");
    }
    return Math.round(1000.0 * micros / periodMicros) / 10.0;
  }
}
