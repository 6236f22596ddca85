package org.medicd.collect.census;

/**
 * CPU time that was used and that none of the processes looked at accounts for: whoever was left at
 * rest has woken. In microseconds.
 */
final class Unexplained {
  /** Enough to matter, and more than the grain of the counters. */
  private static final long MOST = 100_000;

  /** A look that explains less of it was in vain: others than processes use the CPUs here. */
  private static final double WORTH = 0.25;

  /**
   * Who has used more since the look before has woken; less is what those who rest use now and
   * then.
   */
  private static final long WAKING = 30_000;

  private final Alarm alarm = new Alarm();
  private long lastUsed = -1;
  private long micros;

  /**
   * Whether to look at those at rest.
   *
   * @param used by all, since ever
   * @param explained used by those looked at, since their looks before
   */
  boolean isFelt(long used, long explained, long tick) {
    if (lastUsed >= 0) {
      // Halved, so that the counters' differences and what interrupts cost do not add up.
      micros = Math.max(0, micros / 2 + used - lastUsed - explained);
    }
    lastUsed = used;
    return alarm.rings(micros > MOST, tick);
  }

  /** What a process used since the look before, if that is enough to have woken. */
  static long ofWaking(long used) {
    return used >= WAKING ? used : 0;
  }

  /**
   * @param found used by those who had been left at rest and have woken
   */
  void answered(long found, long tick) {
    alarm.answered(found >= micros * WORTH, tick);
    micros = 0;
  }

  /** The counter was not read for a while: what was used meanwhile is explained. */
  void skip() {
    lastUsed = -1;
  }
}
