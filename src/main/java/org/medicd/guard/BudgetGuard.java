package org.medicd.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Budget;
import org.medicd.config.Rate;
import org.medicd.fact.Host;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/**
 * Refuses when a rule, a unit or the whole host has had its share of treatments, or of restarts.
 */
final class BudgetGuard implements Guard {
  static final String NAME = "budget";
  private final Budget budget;
  private final Ledger ledger;

  BudgetGuard(Budget budget, Ledger ledger) {
    this.budget = budget;
    this.ledger = ledger;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    Optional<Verdict> tooSoon =
        intent.action().kind() == Action.Kind.REBOOT
            ? reboot(situation.seen().host())
            : Optional.empty();
    if (tooSoon.isPresent() || !Guards.isTreatment(intent)) {
      return tooSoon;
    }
    Duration now = situation.now();
    String unit = intent.patient().unit();
    return over("per-rule", budget.perRule(), now, entry -> entry.rule().equals(intent.rule()))
        .or(
            () ->
                unit == null
                    ? Optional.empty()
                    : over("per-unit", budget.perUnit(), now, entry -> unit.equals(entry.unit())))
        .or(
            () ->
                isHostUsedUp(now)
                    ? refuse("per-host " + budget.perHost() + " is used up")
                    : Optional.empty());
  }

  boolean isHostUsedUp(Duration now) {
    Rate rate = budget.perHost();
    return ledger.countOfHost(now.minus(rate.window())) >= rate.count();
  }

  /**
   * A ledger does not outlive a restart of the host: how long the host is up does, whoever did it.
   */
  private Optional<Verdict> reboot(@Nullable Host host) {
    Long minutes = host == null ? null : host.uptimeMinutes();
    Rate rate = budget.reboot();
    Duration apart = rate.window().dividedBy(Math.max(1, rate.count()));
    if (rate.count() > 0 && minutes != null && Duration.ofMinutes(minutes).compareTo(apart) >= 0) {
      return Optional.empty();
    }
    String up =
        minutes == null
            ? "how long the host is up is not known"
            : "the host was started " + minutes + " min ago";
    return refuse("reboot " + rate + " is used up: " + up);
  }

  private static Optional<Verdict> refuse(String why) {
    return Optional.of(new Verdict.Refused(NAME, why + ": a person should look", false));
  }

  private Optional<Verdict> over(
      String name, @Nullable Rate rate, Duration now, Predicate<Ledger.Entry> which) {
    if (rate == null || ledger.countSince(now.minus(rate.window()), which) < rate.count()) {
      return Optional.empty();
    }
    return refuse(name + " " + rate + " is used up");
  }
}
