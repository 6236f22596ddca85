package org.medicd.collect.device;

import org.medicd.collect.Average;

/** How far a counter went between two looks, and what that is a second. */
final class Steps {
  private static final long WRAP = 1L << 32;

  private Steps() {}

  /** Of a counter that is kept in 32 bits, in hours rather than years it begins anew. */
  static long wrapping(long before, long now) {
    return now >= before || before >= WRAP ? now - before : now - before + WRAP;
  }

  /** To a tenth. */
  static double perSecond(long step, double seconds) {
    return Average.tenths(step / seconds);
  }

  static long wholePerSecond(long step, double seconds) {
    return Math.round(step / seconds);
  }
}
