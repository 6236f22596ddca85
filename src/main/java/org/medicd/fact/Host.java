package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * The whole machine as it was seen in one tick.
 *
 * @param cpus CPUs online
 * @param cpuPercent time not idle over the last tick, in percent of all CPUs (iowait is idle)
 * @param cpuAvg10 average of cpuPercent over 10 s, weighted as PSI's avg10
 * @param iowaitPercent time idle with I/O outstanding, in percent of all CPUs
 * @param stealPercent time taken by the hypervisor, in percent of all CPUs
 * @param memoryTotalBytes MemTotal
 * @param memoryAvailableBytes MemAvailable
 * @param memoryUsedPercent share of the total that is not available
 * @param swapTotalBytes SwapTotal
 * @param swapFreeBytes SwapFree
 * @param load1 load average over one minute
 * @param load5 load average over five minutes
 * @param load15 load average over fifteen minutes
 * @param processes processes seen in this tick
 * @param zombies of these, ended and not reaped
 * @param blocked of these, in uninterruptible sleep
 */
public record Host(
    int cpus,
    @Nullable Double cpuPercent,
    @Nullable Double cpuAvg10,
    @Nullable Double iowaitPercent,
    @Nullable Double stealPercent,
    @Nullable Long memoryTotalBytes,
    @Nullable Long memoryAvailableBytes,
    @Nullable Double memoryUsedPercent,
    @Nullable Long swapTotalBytes,
    @Nullable Long swapFreeBytes,
    @Nullable Double load1,
    @Nullable Double load5,
    @Nullable Double load15,
    int processes,
    int zombies,
    int blocked)
    implements Fact {
  @Override
  public String key() {
    return "host";
  }
}
