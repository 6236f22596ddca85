package org.medicd.linux.systemd;

import java.time.Duration;

/** The moment, on the monotonic clock, at which a caller waits no longer. */
final class Deadline {
  private final Duration allowed;
  private final long endNanos;

  private Deadline(Duration allowed) {
    this.allowed = allowed;
    this.endNanos = System.nanoTime() + allowed.toNanos();
  }

  static Deadline in(Duration allowed) {
    return new Deadline(allowed);
  }

  /** What the caller allowed at first, for messages. */
  Duration allowed() {
    return allowed;
  }

  boolean isOver() {
    return leftMillis() == 0;
  }

  /** Time left, rounded up, so that it is 0 only once the deadline is over. */
  long leftMillis() {
    long nanos = endNanos - System.nanoTime();
    return nanos <= 0 ? 0 : (nanos + 999_999) / 1_000_000;
  }
}
