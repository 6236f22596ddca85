package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * A control group that has processes, in it or below it (the kernel's cgroup-v2.rst; v1 in
 * brackets). A null is a value that is not known, or that no rule asks for: of a controller that
 * the kernel does not have, that is not enabled for this group, or, for what was counted "since",
 * of the first look. The usage of a group is that of the groups below too.
 *
 * @param path in the unified hierarchy, else in systemd's, as /system.slice/nginx.service
 * @param unit systemd unit that it belongs to; null for slices and for what is not systemd's
 * @param processes how many are in it and below it
 * @param populated one of them lives, and is no zombie (cgroup.events; v1: null)
 * @param frozen all of it stands still (cgroup.events [freezer.state])
 * @param cpu time on a CPU and its quota
 * @param memory what it uses and may use
 * @param events what has happened to its memory
 * @param pids its processes and threads, as the kernel counts them for the limit
 * @param pressure how long its tasks wait; v2 only
 */
public record Cgroup(
    String path,
    @Nullable String unit,
    int processes,
    @Nullable Boolean populated,
    @Nullable Boolean frozen,
    Cpu cpu,
    Memory memory,
    Events events,
    Pids pids,
    Stalls pressure)
    implements Fact {

  /**
   * Time on a CPU, in percent of one core.
   *
   * @param percent since the look before (usage_usec of cpu.stat [cpuacct.usage])
   * @param avg10 average of percent over 10 s, weighted as PSI's avg10
   * @param quotaPercent the tightest quota of it and the groups above; null without one (cpu.max
   *     [cpu.cfs_quota_us])
   * @param throttledPercent of the periods since the look before, those in which its own quota was
   *     used up (nr_throttled of nr_periods, cpu.stat)
   * @param throttledMillisPerSecond how long it was held up for that, summed over CPUs
   *     (throttled_usec [throttled_time] of cpu.stat)
   */
  public record Cpu(
      @Nullable Double percent,
      @Nullable Double avg10,
      @Nullable Double quotaPercent,
      @Nullable Double throttledPercent,
      @Nullable Double throttledMillisPerSecond) {
    public static final Cpu UNKNOWN = new Cpu(null, null, null, null, null);
  }

  /**
   * Memory, in bytes, rounded to about three digits.
   *
   * @param currentBytes page cache included (memory.current [memory.usage_in_bytes])
   * @param highBytes the tightest throttling limit of it and the groups above; null without one
   *     (memory.high; v1: null)
   * @param maxBytes the tightest hard limit of it and the groups above, exactly; null without one
   *     (memory.max [memory.limit_in_bytes])
   * @param percentOfMax currentBytes in percent of maxBytes; null without such a limit
   * @param anonBytes what no file stands behind (anon of memory.stat [total_rss])
   * @param fileBytes page cache, tmpfs and shared memory (file of memory.stat [total_cache])
   * @param swapBytes (memory.swap.current [memory.memsw.usage_in_bytes without the memory])
   */
  public record Memory(
      @Nullable Long currentBytes,
      @Nullable Long highBytes,
      @Nullable Long maxBytes,
      @Nullable Double percentOfMax,
      @Nullable Long anonBytes,
      @Nullable Long fileBytes,
      @Nullable Long swapBytes) {
    public static final Memory UNKNOWN = new Memory(null, null, null, null, null, null, null);
  }

  /**
   * What has happened to its memory (memory.events; v1: max is memory.failcnt, oomKill is of
   * memory.oom_control and without the groups below, the others are not counted).
   *
   * @param low reclaimed below its protection
   * @param high throttled at memory.high
   * @param max about to go beyond its hard limit
   * @param oom out of memory
   * @param oomKill processes killed for that
   */
  public record Events(Count low, Count high, Count max, Count oom, Count oomKill) {
    public static final Events UNKNOWN =
        new Events(Count.UNKNOWN, Count.UNKNOWN, Count.UNKNOWN, Count.UNKNOWN, Count.UNKNOWN);
  }

  /**
   * How often something has happened.
   *
   * @param total since the group was made
   * @param since since the look before
   */
  public record Count(@Nullable Long total, @Nullable Long since) {
    public static final Count UNKNOWN = new Count(null, null);
  }

  /**
   * Processes and threads.
   *
   * @param current how many (pids.current)
   * @param max the tightest limit of it and the groups above; null without one (pids.max)
   * @param percentOfMax current in percent of max
   */
  public record Pids(@Nullable Long current, @Nullable Long max, @Nullable Double percentOfMax) {
    public static final Pids UNKNOWN = new Pids(null, null, null);
  }

  /**
   * Pressure stall information of its tasks.
   *
   * @param cpu cpu.pressure
   * @param memory memory.pressure
   * @param io io.pressure
   */
  public record Stalls(Stall cpu, Stall memory, Stall io) {
    public static final Stalls UNKNOWN = new Stalls(Stall.UNKNOWN, Stall.UNKNOWN, Stall.UNKNOWN);
  }

  /**
   * The share of time, in percent, in which some or all (full) runnable tasks of the group waited
   * for the resource.
   *
   * @param someAvg10 of the last 10 s
   * @param someAvg60 of the last 60 s
   * @param fullAvg10 of the last 10 s
   * @param fullAvg60 of the last 60 s
   */
  public record Stall(
      @Nullable Double someAvg10,
      @Nullable Double someAvg60,
      @Nullable Double fullAvg10,
      @Nullable Double fullAvg60) {
    public static final Stall UNKNOWN = new Stall(null, null, null, null);
  }

  @Override
  public String key() {
    return path;
  }

  /** The same as unit, for rules: "unit" is a word of their language. */
  public @Nullable String unitName() {
    return unit;
  }
}
