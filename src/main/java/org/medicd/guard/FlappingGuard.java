package org.medicd.guard;

import java.util.Optional;
import org.medicd.fact.Unit;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/**
 * Leaves a unit to people that was started again and again, by whomever: one more start will not
 * cure it.
 */
final class FlappingGuard implements Guard {
  private final int most;

  /**
   * @param most starts within 10 minutes; 0: no matter how many
   */
  FlappingGuard(int most) {
    this.most = most;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    Kind kind = intent.action().kind();
    boolean starts = kind == Kind.RESTART_UNIT || kind == Kind.START_UNIT;
    String name = intent.patient().unit();
    Unit unit = name == null ? null : situation.seen().units().get(name);
    Integer count = unit == null ? null : unit.recentStarts();
    if (most == 0 || !starts || intent.mends() || count == null || count < most) {
      return Optional.empty();
    }
    String why = name + " was started " + count + " times in 10 minutes: a person should look";
    return Optional.of(new Verdict.Refused("flapping", why, true));
  }
}
