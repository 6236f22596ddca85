package org.medicd.guard;

import java.util.Optional;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/**
 * Holds a disruptive rung back while the symptom that it stands on (the host suffers, or the
 * subject) does not hold. What only reads is let through: the evidence is wanted as soon as people
 * are told.
 */
final class GateGuard implements Guard {
  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    String gate = intent.gate();
    if (gate == null
        || !intent.action().disrupts()
        || intent.mends()
        || situation.assessed().holds(gate, intent.subjects())) {
      return Optional.empty();
    }
    String suffers = "neither the host nor the subject suffers: the symptom ";
    return Optional.of(new Verdict.Refused("gate", suffers + gate + " does not hold", false));
  }
}
