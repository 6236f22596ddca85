package org.medicd.collect.census;

import java.time.Duration;
import org.medicd.linux.Kernel;

/**
 * How old a process is, in steps that grow with the age: so an old one rarely shows a new age. The
 * kernel's time of boot follows the wall clock, so a clock that is set makes nobody older.
 */
final class Age {
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;
  private static final long FINE_UNTIL = 10 * MINUTE;
  private static final long MINUTES_UNTIL = 24 * HOUR;

  private Age() {}

  /** In seconds, rounded down to the step. */
  static Long of(Watched watched, Look look) {
    long seconds =
        Math.max(
            0,
            Duration.between(look.boot(), look.at()).toSeconds()
                - watched.stat().startTicks() / Kernel.ticksPerSecond());
    long step = seconds < FINE_UNTIL ? 1 : seconds < MINUTES_UNTIL ? MINUTE : HOUR;
    return seconds - seconds % step;
  }
}
