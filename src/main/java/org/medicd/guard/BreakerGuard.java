package org.medicd.guard;

import java.time.Duration;
import java.util.Optional;
import org.medicd.config.Rate;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/**
 * Holds everything back for a while once more was wanted than the host's budget allows: where so
 * much needs treatment, the treatment may be the trouble. Ladders wait; what undoes harm of
 * medicd's own goes on.
 */
final class BreakerGuard implements Guard {
  private final Rate perHost;
  private final Ledger ledger;

  BreakerGuard(Rate perHost, Ledger ledger) {
    this.perHost = perHost;
    this.ledger = ledger;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    Duration left = ledger.brokenFor(situation.now());
    if (left == null || !intent.action().disrupts() || intent.mends()) {
      return Optional.empty();
    }
    String why =
        "more was wanted than the budget per-host "
            + perHost
            + ": medicd only observes for another "
            + left.toSeconds()
            + " s, or until medic resume";
    return Optional.of(new Verdict.Refused("breaker", why, false));
  }
}
