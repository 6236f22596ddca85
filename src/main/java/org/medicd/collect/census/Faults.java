package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.PidStat;

/** Page faults of a process, as counted and as rates since the look before. */
record Faults(
    long nanos,
    long minor,
    long major,
    @Nullable Double minorPerSecond,
    @Nullable Double majorPerSecond) {

  /** After another look; the same where no time went by. */
  static Faults next(@Nullable Faults before, PidStat stat, long nowNanos) {
    long minor = stat.minorFaults();
    long major = stat.majorFaults();
    if (before == null) {
      return new Faults(nowNanos, minor, major, null, null);
    }
    long elapsed = nowNanos - before.nanos;
    return elapsed <= 0
        ? before
        : new Faults(
            nowNanos,
            minor,
            major,
            Samples.rate(before.minor, minor, elapsed),
            Samples.rate(before.major, major, elapsed));
  }
}
