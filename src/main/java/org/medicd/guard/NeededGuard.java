package org.medicd.guard;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Gap;
import org.medicd.fact.Unit;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/**
 * Refuses, for good, to touch a unit that a protected one needs, or whose start would stop one.
 * Waits while that is not known. Where it cannot be known, because the bus is silent, units are not
 * touched at all; processes are, unless something runs in another unit that the configuration
 * protects. What is protected out of the box always runs, and must not keep medicd from all first
 * aid: a signal stops only what is bound to its unit (BindsTo), and on a host as distributions make
 * it none of those is bound to another service.
 */
final class NeededGuard implements Guard {
  private static final String NAME = "protected";

  private final ProtectedGuard protection;

  /**
   * @param protection knows what is protected
   */
  NeededGuard(ProtectedGuard protection) {
    this.protection = protection;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    String name = intent.patient().unit();
    if (name == null || intent.action().kind().has(Trait.ELASTIC)) {
      return Optional.empty(); // a pool is its admin's word that instances come and go
    }
    Unit unit = situation.seen().units().get(name);
    Unit.Ties ties = unit == null ? Unit.Ties.UNKNOWN : unit.ties();
    Kind kind = intent.action().kind();
    boolean starts = kind == Kind.START_UNIT || kind == Kind.RESTART_UNIT;
    List<String> rivals = starts ? ties.startStops() : List.of();
    ProtectedGuard.Found needing = among(ties.stopsToo(), situation);
    if (needing != null) {
      return refuse(needing.why() + ", and " + needing.unit() + " needs " + name, true);
    }
    ProtectedGuard.Found rival = among(rivals, situation);
    if (rival != null) {
      return refuse(rival.why() + ", and the start of " + name + " would stop it", true);
    }
    boolean known = ties.stopsToo() != null && rivals != null;
    boolean isFreshnessTask = unit == null && kind.has(Trait.NEEDS_UNIT);
    return known || isFreshnessTask || !situation.earnest() || !intent.action().disrupts()
        ? Optional.empty()
        : unknown(name, kind, situation);
  }

  private ProtectedGuard.@Nullable Found among(
      @Nullable Collection<String> units, Situation situation) {
    return units == null ? null : protection.among(units, situation.seen());
  }

  private Optional<Verdict> unknown(String name, Kind kind, Situation situation) {
    String what = "whether a protected unit needs " + name + " is not known";
    Optional<Gap> gap =
        situation.seen().gaps().stream().filter(each -> each.subject().equals(name)).findFirst();
    if (gap.isEmpty()) {
      return refuse(what + " yet", false);
    }
    return kind.has(Trait.NEEDS_UNIT) || protection.runsBeside(name, situation.seen())
        ? refuse(what + ": " + gap.get().reason(), false)
        : Optional.empty();
  }

  private static Optional<Verdict> refuse(String why, boolean forGood) {
    return Optional.of(new Verdict.Refused(NAME, why, forGood));
  }
}
