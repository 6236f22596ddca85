package org.medicd.guard;

import java.time.Duration;
import java.util.Optional;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Leaves time between two treatments of one lineage; it doubles with each of them. */
final class CooldownGuard implements Guard {
  private static final int MOST_DOUBLINGS = 10;

  private final Duration cooldown;
  private final Ledger ledger;

  CooldownGuard(Duration cooldown, Ledger ledger) {
    this.cooldown = cooldown;
    this.ledger = ledger;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    if (!Guards.isTreatment(intent)) {
      return Optional.empty();
    }
    Ledger.History history = ledger.of(intent.patient(), situation.now());
    if (history.last() == null) {
      return Optional.empty();
    }
    int doublings = Math.max(0, Math.min(history.treatments() - 1, MOST_DOUBLINGS));
    Duration left =
        history.last().plus(cooldown.multipliedBy(1L << doublings)).minus(situation.now());
    if (left.isNegative() || left.isZero()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict.Refused(
            "cooldown",
            left.plusMillis(999).toSeconds()
                + " s left after "
                + (history.treatments() == 1 ? "a treatment" : history.treatments() + " treatments")
                + " of this lineage",
            false));
  }
}
