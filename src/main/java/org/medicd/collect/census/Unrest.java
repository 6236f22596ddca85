package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HostStat;

/**
 * Tells from the host's own counters that somebody whom the census leaves at rest has woken: CPU
 * time that none of those who were looked at has used, blocked tasks that none of them is.
 */
final class Unrest {
  /** A tenth of a second: enough to matter, more than the counters' grain. */
  private final long mostUnexplainedTicks = Kernel.ticksPerSecond() / 10;

  /**
   * A look at all that explains less of it was in vain: others than processes here use the CPUs.
   */
  private static final double WORTH = 0.25;

  private final Alarm cpu = new Alarm();
  private final Alarm blocked = new Alarm();
  private long lastBusyTicks = -1;
  private long unexplainedTicks;

  /**
   * Whether to look at all.
   *
   * @param explainedTicks CPU time that those looked at have used since their looks before
   * @param blockedLeaders how many of all are known to be in D
   */
  boolean isFelt(@Nullable HostStat stat, long explainedTicks, int blockedLeaders, long tick) {
    if (stat == null) {
      return false;
    }
    long busy = stat.all().busy();
    if (lastBusyTicks >= 0) {
      // Halved, so that the counters' differences and what interrupts cost do not add up.
      long more = busy - lastBusyTicks - explainedTicks;
      unexplainedTicks = Math.max(0, unexplainedTicks / 2 + more);
    }
    lastBusyTicks = busy;
    Long waiting = stat.processesBlocked();
    boolean byCpu = cpu.rings(unexplainedTicks > mostUnexplainedTicks, tick);
    boolean byTasks = blocked.rings(waiting != null && waiting > blockedLeaders, tick);
    return byCpu || byTasks;
  }

  /**
   * What the look at all has found.
   *
   * @param foundTicks CPU time of those who had been left at rest
   * @param inD whether somebody is in D who had not been
   */
  void answered(long foundTicks, boolean inD, long tick) {
    cpu.answered(foundTicks >= unexplainedTicks * WORTH, tick);
    blocked.answered(inD, tick);
    unexplainedTicks = 0;
  }
}
