package org.medicd.collect.census;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.linux.Kernel;

/** Turns a process's count of CPU ticks into percent of one core. */
final class Rates {
  private final Average average = new Average();
  private long lastTicks = -1;
  private @Nullable Double cpuPercent;

  void add(long cpuTicks, Duration elapsed) {
    if (lastTicks >= 0 && !elapsed.isZero()) {
      double seconds = (double) Math.max(0, cpuTicks - lastTicks) / Kernel.ticksPerSecond();
      double percent = 100 * seconds / Average.seconds(elapsed);
      average.add(percent, elapsed);
      cpuPercent = Average.tenths(percent);
    }
    lastTicks = cpuTicks;
  }

  /** Makes good for ticks in which the process was known to be idle and was not asked. */
  void rest(Duration idle) {
    if (!idle.isZero()) {
      average.add(0, idle);
    }
  }

  boolean areZero() {
    Double average10 = average.value();
    return cpuPercent != null && cpuPercent == 0 && average10 != null && average10 == 0;
  }

  /** During the last tick; null after the first look. */
  @Nullable Double cpuPercent() {
    return cpuPercent;
  }

  @Nullable Double cpuAvg10() {
    return average.value();
  }
}
