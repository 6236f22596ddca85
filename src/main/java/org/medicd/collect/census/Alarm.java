package org.medicd.collect.census;

/**
 * A reason to look at those at rest all the same. After looks in vain it waits longer, so that what
 * it cannot find does not cost the whole look in every tick.
 */
final class Alarm {
  private static final int LONGEST = 5;

  private int inVain;
  private long silentUntil;
  private boolean rang;

  /** Whether to look now. */
  boolean rings(boolean reason, long tick) {
    rang = reason && tick >= silentUntil;
    return rang;
  }

  /** What came of the look, if this was what asked for it. */
  void answered(boolean found, long tick) {
    if (rang) {
      inVain = found ? 0 : Math.min(inVain + 1, LONGEST);
      silentUntil = tick + (1L << inVain);
      rang = false;
    }
  }
}
