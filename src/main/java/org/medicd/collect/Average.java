package org.medicd.collect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An average over a window that forgets exponentially, as PSI's avg10 does, but divided by the
 * weight that it has gathered: it starts at the true level and does not climb to it from zero. It
 * is not known before it has gathered a quarter, 2.9 s of 10: a level that lasts for less would
 * pass for one that lasts, as it is forgotten slowly.
 */
public final class Average {
  private static final double LEAST_WEIGHT = 0.25;

  private final double windowSeconds;
  private double weighted;
  private double weight;

  /** Over 10 s. */
  public Average() {
    this(Duration.ofSeconds(10));
  }

  public Average(Duration window) {
    windowSeconds = seconds(window);
  }

  /** Adds what the level was during the time that went by. */
  public void add(double level, Duration elapsed) {
    add(level, seconds(elapsed));
  }

  public void add(double level, double elapsedSeconds) {
    double decay = Math.exp(-elapsedSeconds / windowSeconds);
    weighted = weighted * decay + level * (1 - decay);
    weight = weight * decay + (1 - decay);
  }

  /** To a tenth, so that what is idle soon shows the same value; null while it is not known. */
  public @Nullable Double value() {
    return weight >= LEAST_WEIGHT ? (Double) tenths(weighted / weight) : null;
  }

  public static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  public static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
