package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HostStat;

/**
 * Tells from the host's own counters that somebody whom the census leaves at rest has woken: CPU
 * time that nobody accounts for, blocked tasks that none of them is.
 */
final class Unrest {
  private final Unexplained cpu = new Unexplained();
  private final Alarm blocked = new Alarm();

  /**
   * Whether to look at all.
   *
   * @param explainedMicros CPU time that those looked at have used since their looks before
   * @param blockedLeaders how many of all are known to be in D
   */
  boolean isFelt(@Nullable HostStat stat, long explainedMicros, int blockedLeaders, long tick) {
    if (stat == null) {
      return false;
    }
    Long waiting = stat.processesBlocked();
    long used = stat.all().busy() * (1_000_000 / Kernel.ticksPerSecond());
    boolean byCpu = cpu.isFelt(used, explainedMicros, tick);
    boolean byTasks = blocked.rings(waiting != null && waiting > blockedLeaders, tick);
    return byCpu || byTasks;
  }

  /**
   * What the look at all has found.
   *
   * @param foundMicros CPU time of those who had been left at rest and have woken
   * @param inD whether somebody is in D who had not been
   */
  void answered(long foundMicros, boolean inD, long tick) {
    cpu.answered(foundMicros, tick);
    blocked.answered(inD, tick);
  }
}
