package org.medicd.notify;

import java.time.Duration;

/**
 * A letter, and how often it was tried. Times are monotonic.
 *
 * @param tries that failed
 * @param sinceNanos since when it waits for its channel
 * @param nextNanos when it may be tried
 */
record Attempt(Letter letter, int tries, long sinceNanos, long nextNanos) {
  /** One that was not tried in this run. */
  static Attempt first(Letter letter, long sinceNanos, long nowNanos) {
    return new Attempt(letter, 0, sinceNanos, nowNanos);
  }

  /** The same, to be tried once more at that time. */
  Attempt again(long nextNanos) {
    return new Attempt(letter, tries, sinceNanos, nextNanos);
  }

  /**
   * A try failed.
   *
   * @param failingNanos since when no letter went by this channel; this one waits for it since then
   *     at most: it may have been kept for other reasons before
   */
  Attempt failed(long failingNanos) {
    long since = tries == 0 ? Math.max(sinceNanos, failingNanos) : sinceNanos;
    return new Attempt(letter, tries + 1, since, nextNanos);
  }

  boolean isOlderThan(Duration age, long atNanos) {
    return atNanos - sinceNanos > age.toNanos();
  }
}
