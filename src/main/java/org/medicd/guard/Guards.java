package org.medicd.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Settings;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Verdict;

/** Asks every guard in order; the first that objects gives the verdict. */
public final class Guards {
  private final List<Guard> guards;
  private final Ledger ledger;
  private final BudgetGuard budget;
  private final MaintenanceGuard maintenance;
  private final Duration breaks;

  public Guards(Settings settings, Ledger ledger, Standpoint standpoint) {
    this.ledger = ledger;
    this.maintenance = new MaintenanceGuard(settings.guards().maintenance(), standpoint.zone());
    this.budget = new BudgetGuard(settings.guards().budget(), ledger);
    this.breaks = settings.guards().budget().perHost().window();
    ProtectedGuard protection = new ProtectedGuard(settings.guards().protect(), standpoint.self());
    this.guards =
        List.of(
            new ScopeGuard(settings.guards().scope()),
            protection,
            new NeededGuard(protection),
            new SupportGuard(settings.actions()),
            new GateGuard(),
            new FlappingGuard(settings.guards().flapping()),
            new ModeGuard(settings.guards().approvalTimeout(), settings.guards().askBefore()),
            new SilenceGuard(),
            maintenance,
            new FreshnessGuard(),
            new BreakerGuard(settings.guards().budget().perHost(), ledger),
            new BlastRadiusGuard(settings.guards().blastRadiusPercent(), ledger),
            new CooldownGuard(settings.guards().cooldown(), ledger),
            budget);
  }

  /**
   * The verdict; an allowed treatment is counted in the ledger at once, and one too many opens the
   * breaker.
   */
  public Verdict judge(Intent intent, Situation situation) {
    Verdict verdict = weigh(intent, situation);
    Duration now = situation.now();
    if (!isTreatment(intent)) {
      return verdict;
    }
    if (verdict instanceof Verdict.Allowed) {
      ledger.charge(intent, now);
    } else if (verdict instanceof Verdict.Refused refused
        && refused.guard().equals(BudgetGuard.NAME)
        && budget.isHostUsedUp(now)) {
      ledger.trip(now.plus(breaks));
    }
    return verdict;
  }

  /** For how much longer the breaker holds everything back; null: it does not. */
  public @Nullable Duration brokenFor(Duration now) {
    return ledger.brokenFor(now);
  }

  /** The maintenance windows that are open. */
  public List<Maintenance> maintenance(Instant now) {
    return maintenance.open(now);
  }

  /** Whether one of these windows is about an incident. */
  public static boolean isMaintained(List<Maintenance> open, Incident incident) {
    return open.stream()
        .anyMatch(
            each ->
                MaintenanceGuard.isAbout(
                    each, incident.diagnosis(), incident.rule(), incident.patient()));
  }

  /** A person says to go on: the breaker closes. */
  public void pardon(Duration now) {
    ledger.pardon(now);
  }

  /** The same verdict without counting anything: what would be said. */
  public Verdict weigh(Intent intent, Situation situation) {
    if (intent.action().kind() == Action.Kind.PAGE || undoesALease(intent)) {
      return new Verdict.Allowed();
    }
    for (Guard guard : guards) {
      Optional<Verdict> objection = guard.judge(intent, situation);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return new Verdict.Allowed();
  }

  private static boolean undoesALease(Intent intent) {
    return intent.mends() && intent.action().kind() == Action.Kind.CONT;
  }

  /** The first disruptive rung of an incident: what cooldown and budget count. */
  static boolean isTreatment(Intent intent) {
    boolean counts = intent.action().disrupts() && !intent.action().kind().has(Trait.ELASTIC);
    return intent.first() && counts && !intent.mends();
  }
}
