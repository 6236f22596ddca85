package org.medicd.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How a channel has fared since the start. Not safe for threads. */
final class Health {
  private final InstantSource clock;
  private long delivered;
  private long givenUp;
  private @Nullable Instant failingSince;
  private long failingNanos;
  private @Nullable String problem;

  Health(InstantSource clock) {
    this.clock = clock;
  }

  void delivered(int notices) {
    delivered += notices;
    answers();
  }

  void givenUp(int notices) {
    givenUp += notices;
  }

  /** A try failed. Whoever refuses one letter for good answers, and may take the next. */
  void failed(DeliveryException failure) {
    if (failure.isForGood()) {
      answers();
      return;
    }
    if (failingSince == null) {
      failingSince = clock.instant();
      failingNanos = System.nanoTime();
    }
    problem = failure.getMessage();
  }

  private void answers() {
    failingSince = null;
    problem = null;
  }

  /** For so long no letter went, though one was tried; empty: the last one went. */
  Optional<Duration> fails() {
    return failingSince == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - failingNanos));
  }

  /** Since when; by a monotonic clock. */
  OptionalLong failingNanos() {
    return failingSince == null ? OptionalLong.empty() : OptionalLong.of(failingNanos);
  }

  /**
   * @param waiting notices, those that are being delivered too
   */
  Tally tally(String channel, int waiting) {
    return new Tally(channel, waiting, delivered, givenUp, failingSince, problem);
  }
}
