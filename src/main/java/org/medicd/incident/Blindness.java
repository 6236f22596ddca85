package org.medicd.incident;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Rung;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/**
 * How long a rung has been refused because something cannot be seen. Unlike a cooldown that may
 * never be over, and people must be called in the end.
 */
final class Blindness {
  private static final String GUARD = "freshness";
  private static final Duration LEAST = Duration.ofSeconds(5);

  private @Nullable Duration since;
  private String why = "";

  /** What must be seen for this rung has not been for as long as the rung would be waited for. */
  boolean isTooLong(@Nullable Step waiting, Rung rung, Duration now) {
    if (waiting == null
        || !(waiting.verdict() instanceof Verdict.Refused refused)
        || !refused.guard().equals(GUARD)) {
      since = null;
      return false;
    }
    why = refused.why();
    Duration began = since == null ? now : since;
    since = began;
    Duration most = rung.patience().compareTo(LEAST) > 0 ? rung.patience() : LEAST;
    return now.minus(began).compareTo(most) >= 0;
  }

  /** Nobody can tell when it will be seen again: the ladder goes on, and so comes to its page. */
  Verdict giveUp() {
    since = null;
    return new Verdict.Refused(GUARD, why + "; not waited for any longer", true);
  }
}
