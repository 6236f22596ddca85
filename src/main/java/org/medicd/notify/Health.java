package org.medicd.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a channel has fared since the start: it fails from the first try that failed until a letter
 * is delivered. One that was given up, or refused for good, was not: somebody should have heard of
 * it and has not. Not safe for threads.
 */
final class Health {
  private static final int LONGEST_PROBLEM = 300;

  private final InstantSource clock;
  private long delivered;
  private long givenUp;
  private @Nullable Instant failingSince;
  private long failingNanos;
  private @Nullable String problem;
  private boolean isTried;

  Health(InstantSource clock) {
    this.clock = clock;
  }

  void delivered(int notices) {
    delivered += notices;
    isWell();
  }

  void givenUp(int notices) {
    givenUp += notices;
    isTried = false;
  }

  /** A try failed. */
  void failed(DeliveryException failure) {
    fails(String.valueOf(failure.getMessage()));
  }

  /** Nothing will be delivered until the daemon is started anew. */
  void ended(Throwable why) {
    fails("nothing is delivered any more: " + Escaped.line(why.toString(), LONGEST_PROBLEM));
  }

  private void fails(String what) {
    if (failingSince == null) {
      failingSince = clock.instant();
      failingNanos = System.nanoTime();
    }
    problem = what;
    isTried = true;
  }

  /** A person has looked at it: what was given up does not count any longer. */
  void reloaded() {
    if (!isTried) {
      isWell();
    }
  }

  private void isWell() {
    isTried = false;
    failingSince = null;
    problem = null;
  }

  /** For so long no letter went, though one was tried; empty: the last one went. */
  Optional<Duration> fails() {
    return failingSince == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - failingNanos));
  }

  /**
   * Since when something that is tried still has not gone, by a monotonic clock. What was given up
   * does not count: nobody waited for it since.
   */
  OptionalLong failingNanos() {
    return isTried ? OptionalLong.of(failingNanos) : OptionalLong.empty();
  }

  /**
   * @param waiting notices, those that are being delivered too
   */
  Tally tally(String channel, int waiting) {
    return new Tally(channel, waiting, delivered, givenUp, failingSince, problem);
  }
}
