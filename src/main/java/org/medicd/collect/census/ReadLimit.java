package org.medicd.collect.census;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many descriptors a process may have, as last read. It hardly ever changes, and its file is
 * the longest of those that are sampled.
 *
 * @param openFiles null where it is unlimited
 * @param nanos when it was read, by the monotonic clock
 */
record ReadLimit(@Nullable Long openFiles, long nanos) {
  private static final long SERVES_NANOS = Duration.ofMinutes(5).toNanos();

  /** Whether it need not be read again yet; whoever comes near it is not judged by an old one. */
  boolean serves(@Nullable Integer open, long nowNanos) {
    return open != null
        && (openFiles == null || open < openFiles / 2)
        && nowNanos - nanos < SERVES_NANOS;
  }
}
