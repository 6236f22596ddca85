package org.medicd.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Time that stands still until it is told to go on. Safe to be read by other threads. */
public final class FakeClock implements LongSupplier, InstantSource {
  private volatile long nanos = 5_000_000_000L;
  private volatile Duration set = Duration.ZERO;

  public void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  /** Somebody sets the wall clock; the monotonic one does not follow. */
  public void set(Duration further) {
    set = set.plus(further);
  }

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos).plus(set);
  }
}
