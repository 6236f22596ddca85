package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what holds medicd back as a whole: the breaker once, a pause again and again. */
final class HeldBack {
  private static final Duration REMINDED = Duration.ofHours(1);
  private boolean broken;
  private @Nullable Duration remindedAt;

  void tell(Stages stages, Duration now, Instant at) {
    Duration left = stages.guards().brokenFor(now);
    if (broken != (left != null)) {
      broken = left != null;
      String budget = "per-host " + stages.settings().guards().budget().perHost();
      stages.tellOf(
          broken ? "breaker-open" : "breaker-closed",
          List.of("more treatments were wanted than the budget " + budget + " allows"),
          left != null
              ? "medicd only observes for " + left.toSeconds() + " s, or until medic resume"
              : "medicd treats incidents again",
          at);
    }
    if (remindedAt == null || now.minus(remindedAt).compareTo(REMINDED) >= 0) {
      if (remindedAt != null) {
        stages.orders().remind();
      }
      remindedAt = now;
    }
  }
}
