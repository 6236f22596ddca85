package org.medicd.collect.census;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.collect.Trend;
import org.medicd.fact.Growth;
import org.medicd.fact.Proc;

/**
 * What is sampled of one process beside the tick: often while it is a suspect or busy, else now and
 * then. Levels are those of the last sample, rates lie between the last two.
 */
final class Samples {
  private static final long BUSY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long BUSY_LEVELS_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long IDLE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Trend openFilesTrend;
  private @Nullable Sample before;
  private @Nullable Sample last;
  private @Nullable Long askedNanos;

  Samples(Duration trendWindow) {
    openFilesTrend = new Trend(trendWindow);
  }

  /**
   * Whether it is time for another.
   *
   * @param rates whether more is asked for than levels, which change slowly
   */
  boolean isDue(long nowNanos, boolean suspect, boolean busy, boolean rates) {
    long busySpacing = rates ? BUSY_NANOS : BUSY_LEVELS_NANOS;
    long spacing = suspect ? 0 : busy ? busySpacing : IDLE_NANOS;
    return askedNanos == null || nowNanos - askedNanos >= spacing;
  }

  void asked(long nowNanos) {
    askedNanos = nowNanos;
  }

  /** Takes an answer. */
  void take(Sample sample) {
    before = last;
    last = sample;
    if (sample.openFiles() != null && openFilesTrend.isDue(sample.nanos())) {
      openFilesTrend.add(sample.openFiles(), sample.nanos());
    }
  }

  @Nullable Sample last() {
    return last;
  }

  @Nullable Double readBytesPerSecond() {
    return last == null || before == null
        ? null
        : rate(before.readBytes(), last.readBytes(), last.nanos() - before.nanos());
  }

  @Nullable Double writeBytesPerSecond() {
    return last == null || before == null
        ? null
        : rate(before.writeBytes(), last.writeBytes(), last.nanos() - before.nanos());
  }

  @Nullable Double contextSwitchesPerSecond() {
    return last == null || before == null
        ? null
        : rate(before.contextSwitches(), last.contextSwitches(), last.nanos() - before.nanos());
  }

  /** A count that goes back is no negative rate: a thread has ended. */
  static @Nullable Double rate(@Nullable Long then, @Nullable Long now, long nanos) {
    return then == null || now == null || nanos <= 0
        ? null
        : (Double) Average.tenths(1e9 * Math.max(0, now - then) / nanos);
  }

  Proc.Holdings holdings() {
    Sample now = last;
    if (now == null) {
      return Proc.Holdings.UNKNOWN;
    }
    Integer open = now.openFiles();
    Long limit = now.limit() == null ? null : now.limit().openFiles();
    Double room = open == null || limit == null ? null : (Double) (double) (limit - open);
    Growth growth = open == null ? Growth.UNKNOWN : openFilesTrend.growth(room);
    return new Proc.Holdings(
        open,
        limit,
        open == null || limit == null || limit == 0
            ? null
            : (Double) Average.tenths(100.0 * open / limit),
        growth,
        now.swapBytes(),
        now.oomScore(),
        now.oomScoreAdjust());
  }
}
