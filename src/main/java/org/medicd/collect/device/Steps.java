package org.medicd.collect.device;

import org.medicd.collect.Average;

/** How far a counter went between two looks, and what that is a second. */
final class Steps {
  private static final long WRAP = 1L << 32;

  private Steps() {}

  /** Of a counter that is kept in 32 bits: negative where it began anew rather than wrapped. */
  static long wrapping(long before, long now) {
    long step = now - before;
    return step < 0 && before < WRAP && step + WRAP < WRAP / 2 ? step + WRAP : step;
  }

  /** To a tenth. */
  static double perSecond(long step, double seconds) {
    return Average.tenths(step / seconds);
  }

  static long wholePerSecond(long step, double seconds) {
    return Math.round(step / seconds);
  }
}
