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
 * @param lateAvg10Millis how much later than due medicd's own looks come, average over 10 s: the
 *     host does not let it run
 * @param uptimeMinutes whole minutes since the host was started
 * @param cpu what the CPUs did
 * @param memory what holds memory beside processes
 * @param paging what the kernel does for want of memory
 * @param tasks how many processes and threads there are and may be
 * @param files how many files are open and may be
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
    int blocked,
    @Nullable Long lateAvg10Millis,
    @Nullable Long uptimeMinutes,
    Cpu cpu,
    Memory memory,
    Paging paging,
    Tasks tasks,
    Files files)
    implements Fact {
  @Override
  public String key() {
    return "host";
  }

  /** Cache that could be given back (file pages and slab, not shared memory), of all memory. */
  public @Nullable Double cachePercent() {
    Long cached = memory.cachedBytes();
    Long shared = memory.shmemBytes();
    Long slab = memory.slabReclaimableBytes();
    Long total = memoryTotalBytes;
    if (total == null || cached == null || shared == null || slab == null || total == 0) {
      return null;
    }
    long reclaimable = cached - shared + slab;
    return (Double) (Math.round(1000.0 * reclaimable / total) / 10.0);
  }

  /**
   * What the CPUs did over the last tick (/proc/stat); shares are in percent of all CPUs.
   *
   * @param avg60 average of cpuPercent over 60 s
   * @param avg300 average of cpuPercent over 300 s
   * @param userPercent programs, guests too
   * @param nicePercent programs with a nice value above 0
   * @param systemPercent the kernel on behalf of programs
   * @param irqPercent interrupts, soft ones too
   * @param runnable tasks that run or want to, at the moment of the look (procs_running)
   * @param loadPerCpu load1 for each CPU online
   * @param forksPerSecond processes and threads made
   * @param contextSwitchesPerSecond of all CPUs together
   */
  public record Cpu(
      @Nullable Double avg60,
      @Nullable Double avg300,
      @Nullable Double userPercent,
      @Nullable Double nicePercent,
      @Nullable Double systemPercent,
      @Nullable Double irqPercent,
      @Nullable Long runnable,
      @Nullable Double loadPerCpu,
      @Nullable Double forksPerSecond,
      @Nullable Double contextSwitchesPerSecond) {
    public static final Cpu UNKNOWN =
        new Cpu(null, null, null, null, null, null, null, null, null, null);
  }

  /**
   * What holds memory beside processes (/proc/meminfo).
   *
   * @param cachedBytes file pages, shared memory among them
   * @param dirtyBytes waiting to be written to storage
   * @param writebackBytes being written to storage
   * @param slabReclaimableBytes the kernel's own that it can do without, as cached names of files
   * @param slabUnreclaimableBytes the kernel's own that it cannot do without
   * @param shmemBytes shared memory and tmpfs
   */
  public record Memory(
      @Nullable Long cachedBytes,
      @Nullable Long dirtyBytes,
      @Nullable Long writebackBytes,
      @Nullable Long slabReclaimableBytes,
      @Nullable Long slabUnreclaimableBytes,
      @Nullable Long shmemBytes) {
    public static final Memory UNKNOWN = new Memory(null, null, null, null, null, null);
  }

  /**
   * What the kernel does for want of memory, over the last tick (/proc/vmstat).
   *
   * @param swapInBytesPerSecond fetched from swap
   * @param swapOutBytesPerSecond put there
   * @param swapInAvg10 average of swapInBytesPerSecond over 10 s
   * @param swapOutAvg10 average of swapOutBytesPerSecond over 10 s
   * @param majorFaultsPerSecond page faults that had to read from storage
   * @param oomKills processes killed by the kernel since boot; null before Linux 4.13
   * @param oomKillsPerSecond the same over the last tick
   */
  public record Paging(
      @Nullable Long swapInBytesPerSecond,
      @Nullable Long swapOutBytesPerSecond,
      @Nullable Long swapInAvg10,
      @Nullable Long swapOutAvg10,
      @Nullable Double majorFaultsPerSecond,
      @Nullable Long oomKills,
      @Nullable Double oomKillsPerSecond) {
    public static final Paging UNKNOWN = new Paging(null, null, null, null, null, null, null);
  }

  /**
   * How many tasks, that is processes and threads, there are and may be.
   *
   * @param threads all tasks (/proc/loadavg)
   * @param pidMax the largest pid and so their limit (/proc/sys/kernel/pid_max)
   * @param threadsMax another limit of theirs (/proc/sys/kernel/threads-max)
   * @param pidsUsedPercent tasks of the lower limit
   */
  public record Tasks(
      @Nullable Long threads,
      @Nullable Long pidMax,
      @Nullable Long threadsMax,
      @Nullable Double pidsUsedPercent) {
    public static final Tasks UNKNOWN = new Tasks(null, null, null, null);
  }

  /**
   * How many files are open on the host and may be (/proc/sys/fs/file-nr).
   *
   * @param open files that are open
   * @param most that may be
   * @param usedPercent of those that may be
   */
  public record Files(@Nullable Long open, @Nullable Long most, @Nullable Double usedPercent) {
    public static final Files UNKNOWN = new Files(null, null, null);
  }
}
