package org.medicd.incident;

import java.util.List;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.UnitLimit;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Hold;
import org.medicd.plan.Intent;

/** What an action would hold, and how it is before that. */
final class Holds {
  private Holds() {}

  static List<Hold> of(Intent intent, Snapshot seen) {
    if (intent.action().kind() == Kind.STOP) {
      return intent.targets().stream().map(target -> (Hold) new Hold.Stopped(target)).toList();
    }
    String name = intent.patient().unit();
    Unit unit = name == null ? null : seen.units().get(name);
    return unit == null
        ? List.of()
        : switch (intent.action().kind()) {
          case FREEZE -> List.of(new Hold.Frozen(unit.name()));
          case LIMIT -> List.of(limited(unit, String.valueOf(intent.action().argument())));
          default -> List.of();
        };
  }

  private static Hold limited(Unit unit, String argument) {
    UnitLimit limit = UnitLimit.parse(argument);
    return new Hold.Limited(
        unit.name(),
        limit.property().setting(),
        limit.text(),
        limit.property().standing(unit.allowance()));
  }
}
