package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/stat (proc_stat(5)).
 *
 * @param cpus CPUs online
 * @param all the sum over all CPUs
 * @param bootSeconds when the host booted, in seconds since the epoch
 * @param forks processes and threads made since boot
 * @param contextSwitches of all CPUs since boot
 */
public record HostStat(
    int cpus,
    CpuTicks all,
    long bootSeconds,
    @Nullable Long processesRunning,
    @Nullable Long processesBlocked,
    @Nullable Long forks,
    @Nullable Long contextSwitches) {
  private static final String FILE = "proc/stat";

  /**
   * Where the time of the CPUs went, in clock ticks; guest time is part of user and nice time.
   *
   * @param irq interrupts, soft ones too
   */
  public record CpuTicks(
      long user, long nice, long system, long irq, long idle, long iowait, long steal) {
    public long busy() {
      return user + nice + system + irq;
    }

    public long total() {
      return busy() + idle + iowait + steal;
    }
  }

  public static HostStat parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner(FILE, content);
    int cpus = 0;
    CpuTicks all = null;
    Long bootSeconds = null;
    Long running = null;
    Long blocked = null;
    Long forks = null;
    Long contextSwitches = null;
    for (; scanner.hasLine(); scanner.nextLine()) {
      if (scanner.take("cpu ")) {
        all = ticks(scanner);
      } else if (scanner.isNext("cpu")) {
        cpus++;
      } else if (scanner.take("btime ")) {
        bootSeconds = scanner.number();
      } else if (scanner.take("processes ")) {
        forks = scanner.number();
      } else if (scanner.take("procs_running ")) {
        running = scanner.number();
      } else if (scanner.take("procs_blocked ")) {
        blocked = scanner.number();
      } else if (scanner.take("ctxt ")) {
        contextSwitches = scanner.number();
      }
    }
    if (all == null || cpus == 0 || bootSeconds == null) {
      throw new MalformedKernelFile(FILE, "a line cpu, cpu0 or btime is missing");
    }
    return new HostStat(cpus, all, bootSeconds, running, blocked, forks, contextSwitches);
  }

  /** user nice system idle iowait irq softirq steal guest guest_nice; old kernels stop early. */
  private static CpuTicks ticks(TextScanner scanner) throws MalformedKernelFile {
    long user = scanner.number();
    long nice = scanner.number();
    long system = scanner.number();
    long idle = scanner.number();
    long iowait = numberIfThere(scanner);
    long irq = numberIfThere(scanner) + numberIfThere(scanner);
    return new CpuTicks(user, nice, system, irq, idle, iowait, numberIfThere(scanner));
  }

  private static long numberIfThere(TextScanner scanner) throws MalformedKernelFile {
    return scanner.hasWord() ? scanner.number() : 0;
  }
}
