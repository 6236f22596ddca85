package org.medicd.evidence;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that a capture has. */
final class TimeLeft {
  private final LongSupplier nanoTime;
  private final Duration whole;
  private final long startNanos;

  TimeLeft(LongSupplier nanoTime, Duration whole) {
    this.nanoTime = nanoTime;
    this.whole = whole;
    this.startNanos = nanoTime.getAsLong();
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
  }

  /** What is left, but not more than that; never negative. */
  Duration atMost(Duration most) {
    Duration left = whole.minus(elapsed());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(most) < 0 ? left : most;
  }
}
