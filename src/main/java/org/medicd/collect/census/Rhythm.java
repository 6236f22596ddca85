package org.medicd.collect.census;

/**
 * When a process is due for its next look. Whoever is busy is looked at in every tick, whoever
 * rests ever more seldom, until something stirs it; spread by pid, so that the ticks are alike.
 */
final class Rhythm {
  /** Looks in which nothing may have changed before the next wider spacing. */
  private static final int PATIENCE = 4;

  private int quiet;
  private long due;

  boolean isDue(long tick) {
    return due <= tick;
  }

  /** Due in this tick, whatever was planned. */
  void stir() {
    due = 0;
  }

  /**
   * Plans the next look.
   *
   * @param changed whether this look saw anything new
   * @param busy whether it must not be missed in any tick
   * @param widest the widest spacing in ticks, a power of two
   */
  void looked(long tick, int pid, boolean changed, boolean busy, int widest) {
    quiet = changed || busy ? 0 : Math.min(quiet + 1, 3 * PATIENCE);
    int spacing = busy ? 1 : Math.min(widest, 2 << quiet / PATIENCE);
    long next = tick + 1;
    due = next + (-(next + pid) & (spacing - 1));
  }
}
