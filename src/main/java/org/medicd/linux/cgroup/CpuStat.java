package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * cpu.stat, of v2 or of v1. A line that the kernel does not have is null: v1 tells no usage, and v2
 * no throttling without the cpu controller.
 *
 * @param usageMicros time on a CPU
 * @param periods how many periods have passed in which there was something to run, under a quota
 * @param throttled in how many of these the quota was used up
 * @param throttledMicros for how long, summed over CPUs
 */
public record CpuStat(
    @Nullable Long usageMicros,
    @Nullable Long periods,
    @Nullable Long throttled,
    @Nullable Long throttledMicros) {
  private static final int NANOS_PER_MICRO = 1000;

  public static CpuStat parse(String content) throws MalformedKernelFile {
    KeyedNumbers lines = new KeyedNumbers("cgroup/cpu.stat", content);
    Long nanos = lines.find("throttled_time"); // v1
    return new CpuStat(
        lines.find("usage_usec"),
        lines.find("nr_periods"),
        lines.find("nr_throttled"),
        nanos != null ? (Long) (nanos / NANOS_PER_MICRO) : lines.find("throttled_usec"));
  }
}
