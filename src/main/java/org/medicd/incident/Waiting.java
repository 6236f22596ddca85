package org.medicd.incident;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Rung;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/**
 * How long a rung has waited for what may never come: that something can be seen again, or that a
 * person answers. In the end the ladder goes on without it, and so comes to its page.
 */
final class Waiting {
  private static final String FRESHNESS = "freshness";
  private static final Duration LEAST = Duration.ofSeconds(5);
  private @Nullable Duration since;
  private @Nullable String cause;

  /** The verdict of a rung that has waited for too long; null: it may wait on. */
  @Nullable Verdict giveUp(@Nullable Step waiting, Rung rung, Duration now) {
    Verdict verdict = waiting == null ? null : waiting.verdict();
    if (verdict instanceof Verdict.Refused refused && refused.guard().equals(FRESHNESS)) {
      Duration most = rung.patience().compareTo(LEAST) > 0 ? rung.patience() : LEAST;
      String why = refused.why() + "; not waited for any longer";
      return isOver(FRESHNESS, most, now) ? new Verdict.Refused(FRESHNESS, why, true) : null;
    }
    Duration timeout = verdict instanceof Verdict.AwaitingApproval asked ? asked.timeout() : null;
    if (timeout != null) {
      String why = "nobody answered within " + timeout.toSeconds() + " s: not done";
      return isOver("approval", timeout, now) ? new Verdict.Refused("approval", why, true) : null;
    }
    cause = null;
    return null;
  }

  private boolean isOver(String what, Duration most, Duration now) {
    if (!what.equals(cause) || since == null) {
      cause = what;
      since = now;
    }
    boolean over = now.minus(since).compareTo(most) >= 0;
    if (over) {
      cause = null;
    }
    return over;
  }
}
