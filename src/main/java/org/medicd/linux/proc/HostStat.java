package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/stat (proc_stat(5)).
 *
 * @param cpus CPUs online
 * @param all the sum over all CPUs
 * @param bootSeconds when the host booted, in seconds since the epoch
 */
public record HostStat(
    int cpus,
    CpuTicks all,
    long bootSeconds,
    @Nullable Long processesRunning,
    @Nullable Long processesBlocked) {
  private static final String FILE = "proc/stat";

  /** Where the time of the CPUs went, in clock ticks; guest time is part of user time. */
  public record CpuTicks(long busy, long idle, long iowait, long steal) {
    public long total() {
      return busy + idle + iowait + steal;
    }
  }

  public static HostStat parse(String content) throws MalformedKernelFile {
    int cpus = 0;
    CpuTicks all = null;
    Long bootSeconds = null;
    Long running = null;
    Long blocked = null;
    for (String line : content.split("\n")) {
      if (line.startsWith("cpu ")) {
        all = ticks(new Words(FILE, line));
      } else if (line.startsWith("cpu")) {
        cpus++;
      } else if (line.startsWith("btime ")) {
        bootSeconds = new Words(FILE, line).number(1);
      } else if (line.startsWith("procs_running ")) {
        running = new Words(FILE, line).number(1);
      } else if (line.startsWith("procs_blocked ")) {
        blocked = new Words(FILE, line).number(1);
      }
    }
    if (all == null || cpus == 0 || bootSeconds == null) {
      throw new MalformedKernelFile(FILE, "a line cpu, cpu0 or btime is missing");
    }
    return new HostStat(cpus, all, bootSeconds, running, blocked);
  }

  /**
   * cpu user nice system idle iowait irq softirq steal guest guest_nice; old kernels stop early.
   */
  private static CpuTicks ticks(Words words) throws MalformedKernelFile {
    long busy = words.number(1) + words.number(2) + words.number(3);
    long iowait = words.count() > 5 ? words.number(5) : 0;
    if (words.count() > 7) {
      busy += words.number(6) + words.number(7);
    }
    long steal = words.count() > 8 ? words.number(8) : 0;
    return new CpuTicks(busy, words.number(4), iowait, steal);
  }
}
