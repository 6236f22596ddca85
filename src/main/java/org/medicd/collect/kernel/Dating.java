package org.medicd.collect.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a record of the kernel's log was written. Its clock drifts against those that are kept
 * in time, by seconds in weeks: where it is known that a record is younger than the look before, it
 * is not dated before that.
 *
 * @param nowNanos of this look, by the monotonic clock
 * @param at of this look, by the wall clock
 * @param kernelMicros of this look, by the clock of the log
 * @param mostNanosAgo since the look that read all there was; null where none did
 */
record Dating(long nowNanos, Instant at, long kernelMicros, @Nullable Long mostNanosAgo) {

  /** By the monotonic clock. */
  long nanos(long micros) {
    return nowNanos - ago(micros);
  }

  Instant instant(long micros) {
    return at.minusNanos(ago(micros));
  }

  private long ago(long micros) {
    long ago = Math.max(0, Math.min(kernelMicros - micros, Long.MAX_VALUE / 1000)) * 1000;
    return mostNanosAgo == null ? ago : Math.min(ago, mostNanosAgo);
  }
}
