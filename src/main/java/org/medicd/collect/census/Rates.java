package org.medicd.collect.census;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.linux.Kernel;

/** Turns a process's count of CPU ticks into percent of one core. */
final class Rates {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration FIVE_MINUTES = Duration.ofSeconds(300);

  private final Average average10 = new Average();
  private @Nullable Average average60;
  private @Nullable Average average300;
  private long lastTicks = -1;
  private long lastNanos;
  private long averagedNanos;
  private @Nullable Double cpuPercent;

  /** Has the longer averages kept too; what went by before does not count in them. */
  void keep(boolean minute, boolean fiveMinutes) {
    average60 = !minute ? null : average60 != null ? average60 : new Average(MINUTE);
    average300 = !fiveMinutes ? null : average300 != null ? average300 : new Average(FIVE_MINUTES);
  }

  /** Until then the count was what it had been. */
  void rested(long untilNanos) {
    lastNanos = Math.max(lastNanos, untilNanos);
  }

  void add(long cpuTicks, long nowNanos) {
    if (lastTicks < 0) {
      averagedNanos = nowNanos;
    } else if (nowNanos > lastNanos) {
      average(0, lastNanos - averagedNanos);
      double elapsed = nowNanos - lastNanos;
      double percent =
          100e9 * Math.max(0, cpuTicks - lastTicks) / Kernel.ticksPerSecond() / elapsed;
      average(percent, nowNanos - lastNanos);
      averagedNanos = nowNanos;
      cpuPercent = Average.tenths(percent);
    }
    lastTicks = cpuTicks;
    lastNanos = nowNanos;
  }

  private void average(double percent, long nanos) {
    if (nanos <= 0) {
      return;
    }
    double seconds = nanos / 1e9;
    average10.add(percent, seconds);
    if (average60 != null) {
      average60.add(percent, seconds);
    }
    if (average300 != null) {
      average300.add(percent, seconds);
    }
  }

  /** Nothing to tell of but zeros, now and for as long as the count stays what it is. */
  boolean areZero() {
    return isZero(cpuPercent)
        && isZero(cpuAvg10())
        && (average60 == null || isZero(average60.value()))
        && (average300 == null || isZero(average300.value()));
  }

  private static boolean isZero(@Nullable Double value) {
    return value != null && value == 0;
  }

  /** Since the look before; null after the first. */
  @Nullable Double cpuPercent() {
    return cpuPercent;
  }

  @Nullable Double cpuAvg10() {
    return average10.value();
  }

  @Nullable Double cpuAvg60() {
    return average60 == null ? null : average60.value();
  }

  @Nullable Double cpuAvg300() {
    return average300 == null ? null : average300.value();
  }
}
