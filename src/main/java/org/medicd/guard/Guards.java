package org.medicd.guard;

import java.util.List;
import java.util.Optional;
import org.medicd.config.Settings;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Asks every guard in order; the first that objects gives the verdict. */
public final class Guards {
  private final List<Guard> guards;
  private final Ledger ledger;

  /**
   * @param self pid of the daemon: it and its ancestors are protected
   */
  public Guards(Settings settings, Ledger ledger, int self) {
    this.ledger = ledger;
    this.guards =
        List.of(
            new ScopeGuard(settings.guards().scope()),
            new ProtectedGuard(settings.guards().protect(), self),
            new SupportGuard(),
            new GateGuard(),
            new ModeGuard(),
            new FreshnessGuard(),
            new CooldownGuard(settings.guards().cooldown(), ledger),
            new BudgetGuard(settings.guards().budget(), ledger));
  }

  /** The verdict; an allowed treatment is counted in the ledger at once. */
  public Verdict judge(Intent intent, Situation situation) {
    Verdict verdict = weigh(intent, situation);
    if (verdict instanceof Verdict.Allowed && isTreatment(intent)) {
      ledger.charge(intent, situation.now());
    }
    return verdict;
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
    return intent.first() && intent.action().disrupts() && !intent.mends();
  }
}
