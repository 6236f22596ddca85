package org.medicd.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a lane waits before the next try. */
final class Pauses {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Duration first;

  /**
   * @param first at most so long before the second try
   */
  Pauses(Duration first) {
    this.first = first;
  }

  /**
   * As long as the receiver asks; else twice as long each time, and never the same for all hosts at
   * once.
   *
   * @param tries that failed, one at least
   */
  Duration after(int tries, DeliveryException failure) {
    Duration asked = failure.retryAfter();
    if (asked != null) {
      return asked;
    }
    long most = first.toMillis() << Math.min(tries - 1, 20);
    long millis = Math.min(LONGEST.toMillis(), most);
    return Duration.ofMillis(millis / 2 + RandomGenerator.getDefault().nextLong(millis / 2 + 1));
  }
}
