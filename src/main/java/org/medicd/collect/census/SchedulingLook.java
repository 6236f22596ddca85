package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;
import org.medicd.fact.Proc;
import org.medicd.linux.proc.MalformedKernelFile;
import org.medicd.linux.proc.PidStatTail;

/** Reads off a stat line how the kernel serves a process. */
final class SchedulingLook {
  private SchedulingLook() {}

  /** The same object as before where nothing has changed. */
  static Proc.Scheduling of(
      Watched watched, NumaNodes nodes, @Nullable String cpus, Proc.Scheduling before) {
    Proc.Scheduling now;
    try {
      PidStatTail tail = PidStatTail.parse(watched.line(), watched.line().length);
      now =
          new Proc.Scheduling(
              watched.stat().nice(),
              tail.policyName(),
              tail.realtimePriority(),
              cpus,
              nodes.of(tail.processor()));
    } catch (MalformedKernelFile e) { // a captured line that was cut
      now = new Proc.Scheduling(watched.stat().nice(), null, null, cpus, null);
    }
    return now.equals(before) ? before : now;
  }
}
