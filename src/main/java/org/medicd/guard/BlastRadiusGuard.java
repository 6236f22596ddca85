package org.medicd.guard;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/**
 * Spares a pool, which is the instances of one template unit (worker@1.service …): never more than
 * a share of it is taken down at once, and never the only one that works. Taken down is who does
 * not work, and whom medicd treated within the last minute.
 */
final class BlastRadiusGuard implements Guard {
  private static final Duration IN_HAND = Duration.ofMinutes(1);
  private final int percent;
  private final Ledger ledger;

  /**
   * @param percent of a pool that may be down at once; of a small pool at least one
   */
  BlastRadiusGuard(int percent, Ledger ledger) {
    this.percent = percent;
    this.ledger = ledger;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    String name = intent.patient().unit();
    String template = name == null ? null : new UnitId(name).template();
    boolean disturbs = intent.action().kind().has(Trait.ENDS) && !intent.mends();
    if (name == null || template == null || !disturbs) {
      return Optional.empty();
    }
    Set<String> down = new HashSet<>();
    int pool = 0;
    for (Unit unit : situation.seen().units().values()) {
      if (template.equals(unit.id().template())) {
        pool++;
        boolean other = !unit.name().equals(name);
        if (other && (!unit.isActive() || isInHand(unit.name(), situation.now()))) {
          down.add(unit.name());
        }
      }
    }
    int allowed = Math.max(1, pool * percent / 100);
    return pool < 2 || down.size() < allowed && pool - down.size() > 1
        ? Optional.empty()
        : refuse(template, pool, down);
  }

  private boolean isInHand(String unit, Duration now) {
    return ledger.countSince(now.minus(IN_HAND), entry -> unit.equals(entry.unit())) > 0;
  }

  private Optional<Verdict> refuse(String template, int pool, Set<String> down) {
    String why =
        down.size()
            + " of "
            + pool
            + " of "
            + template
            + " are down or in treatment, and "
            + percent
            + " % may be: it waits for them";
    return Optional.of(new Verdict.Refused("blast-radius", why, false));
  }
}
