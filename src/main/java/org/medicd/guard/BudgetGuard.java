package org.medicd.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Budget;
import org.medicd.config.Rate;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Refuses when a rule, a unit or the whole host has had its share of treatments. */
final class BudgetGuard implements Guard {
  private final Budget budget;
  private final Ledger ledger;

  BudgetGuard(Budget budget, Ledger ledger) {
    this.budget = budget;
    this.ledger = ledger;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    if (!Guards.isTreatment(intent)) {
      return Optional.empty();
    }
    Duration now = situation.now();
    String unit = intent.patient().unit();
    return over("per-rule", budget.perRule(), now, entry -> entry.rule().equals(intent.rule()))
        .or(
            () ->
                unit == null
                    ? Optional.empty()
                    : over("per-unit", budget.perUnit(), now, entry -> unit.equals(entry.unit())))
        .or(() -> over("per-host", budget.perHost(), now, entry -> true));
  }

  private Optional<Verdict> over(
      String name, @Nullable Rate rate, Duration now, Predicate<Ledger.Entry> which) {
    if (rate == null || ledger.countSince(now.minus(rate.window()), which) < rate.count()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict.Refused(
            "budget", name + " " + rate + " is used up: a person should look", false));
  }
}
