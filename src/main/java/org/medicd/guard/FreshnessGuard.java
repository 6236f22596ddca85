package org.medicd.guard;

import java.util.Optional;
import org.medicd.fact.Gap;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Unit;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Refuses to act on what was not seen in this very tick. */
final class FreshnessGuard implements Guard {
  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    if (intent.action().kind().has(Action.Trait.NEEDS_PROCESS)) {
      for (ProcessId target : intent.targets()) {
        if (situation.seen().find(target) == null) {
          return refuse(target + " was not seen in this tick");
        }
        Optional<Gap> gap = gapOf(target.toString(), situation);
        if (gap.isPresent()) {
          return refuse(
              gap.get().aspect() + " of " + target + " is not known: " + gap.get().reason());
        }
      }
    }
    String unit = intent.patient().unit();
    if (intent.action().kind().has(Action.Trait.NEEDS_UNIT)
        && unit != null
        && !situation.seen().units().containsKey(unit)) {
      return refuse(
          "the state of "
              + unit
              + " is not known"
              + gapOf(unit, situation).map(gap -> ": " + gap.reason()).orElse(" yet"));
    }
    return intent.action().kind() == Action.Kind.LIMIT && unit != null
        ? limits(unit, situation)
        : Optional.empty();
  }

  /** What is not known cannot be given back. */
  private static Optional<Verdict> limits(String unit, Situation situation) {
    Unit seen = situation.seen().units().get(unit);
    return seen != null && seen.source().equals("bus")
        ? Optional.empty()
        : refuse("the limits of " + unit + " are not known yet");
  }

  private static Optional<Gap> gapOf(String subject, Situation situation) {
    return situation.seen().gaps().stream()
        .filter(gap -> gap.subject().equals(subject))
        .findFirst();
  }

  private static Optional<Verdict> refuse(String why) {
    return Optional.of(new Verdict.Refused("freshness", why, false));
  }
}
