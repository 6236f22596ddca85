package org.medicd.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Snapshot;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Assessment;
import org.medicd.plan.Deed;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Release;
import org.medicd.plan.Report;
import org.medicd.plan.Verdict;

/**
 * All incidents that are open, and those closed so lately that a successor would be the same one.
 * Belongs to the tick's thread.
 */
public final class Incidents {
  private final Map<String, Case> cases = new LinkedHashMap<>();
  private final Ids ids;
  private final Admission admission;

  public Incidents() {
    this("");
  }

  /**
   * @param mark in their ids, to tell them from others of the same second
   */
  public Incidents(String mark) {
    this.ids = new Ids(mark);
    this.admission = new Admission(cases, ids);
  }

  /** Takes up what an earlier run of the daemon left open, or left held. */
  public void restore(List<Incident> kept, Duration now) {
    for (Incident incident : kept) {
      if (!incident.state().isClosed() || !incident.holds().isEmpty()) {
        cases.put(incident.id(), Case.restore(incident, now));
      }
    }
  }

  /** Names ids that no new incident may have. */
  public void avoid(Set<String> taken) {
    ids.avoid(taken);
  }

  /** Looks again at every incident, opens new ones, and returns the rungs that are due. */
  public List<Intent> consider(Assessment assessed, Snapshot seen, Duration now) {
    cases.values().removeIf(each -> each.isForgotten(now));
    if (assessed.anew()) {
      cases.values().forEach(each -> each.lookAnew(now));
    }
    Map<Case, List<Finding>> diagnosed = admission.assign(assessed.findings(), seen, now);
    List<Intent> due = new ArrayList<>();
    for (Case each : cases.values()) {
      List<Finding> findings = diagnosed.getOrDefault(each, List.of());
      Sight sight =
          Sight.of(findings, each.affected().patient(), each.affected().members(), seen, now);
      Intent intent = each.consider(sight, seen.at());
      if (intent != null) {
        due.add(reaching(intent, seen));
      }
    }
    return due;
  }

  private static Intent reaching(Intent intent, Snapshot seen) {
    return intent.action().kind().has(Trait.FAMILY)
        ? intent.to(Families.leafFirst(intent.targets(), seen))
        : intent;
  }

  /**
   * Nobody looked for a while, or the host stood still: who was given time may have had none, so
   * the last patience begins anew, and nothing is over before it could show again.
   */
  public void haveStoodStill(Duration now) {
    cases.values().forEach(each -> each.haveStoodStill(now));
  }

  /** Takes the guards' verdict on a rung. */
  public void judged(Intent intent, Verdict verdict, Snapshot seen, Duration now) {
    Case each = cases.get(intent.incident());
    if (each != null) {
      if (intent.action().kind().has(Trait.FAMILY) && verdict instanceof Verdict.Allowed) {
        each.reaches(intent.targets());
      }
      each.judged(
          intent.action(),
          verdict,
          Holds.of(intent, seen),
          Foresight.of(intent, seen),
          seen.at(),
          now);
    }
  }

  /** Takes what came of an action; returns what that was, null where nobody waits for it. */
  public @Nullable Deed ended(Report report, Duration now) {
    Case each = cases.get(report.incident());
    return each == null ? null : each.ended(report.outcome(), report.evidence(), now);
  }

  /** Whether a rung of that incident waited for a person's yes. */
  public boolean approve(String id, String who) {
    Case each = cases.get(id);
    return each != null && each.approve(who);
  }

  /** Whether a rung of that incident waited for a person, who said no. */
  public boolean deny(String id, String who, Instant at, Duration now) {
    Case each = cases.get(id);
    return each != null && each.deny(who, at, now);
  }

  /** Incidents that changed since this was asked last. */
  public List<Incident> takeChanges() {
    return cases.values().stream().map(Case::takeChange).filter(Objects::nonNull).toList();
  }

  /** All that are open. */
  public List<Incident> open() {
    return cases.values().stream().filter(Case::isOpen).map(Case::incident).toList();
  }

  /** Units that own the subject of an open incident. */
  public Set<String> units() {
    return cases.values().stream()
        .filter(Case::isOpen)
        .map(each -> each.affected().patient().unit())
        .filter(Objects::nonNull)
        .filter(unit -> !new UnitId(unit).isTemplate())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** These are to be held no longer: no rung is due before their condition shows anew. */
  public void letGo(Duration now, Predicate<Incident> whom) {
    cases.values().stream()
        .filter(each -> each.isHolding() && whom.test(each.incident()))
        .forEach(each -> each.letGo(now));
  }

  /** What is to be undone, and was not asked for before. */
  public List<Release> takeReleases() {
    return cases.values().stream()
        .flatMap(each -> each.takeToUndo().stream().map(hold -> new Release(each.id(), hold)))
        .toList();
  }

  /** It is as it was before medicd held it. */
  public void undone(Release release) {
    Case each = cases.get(release.incident());
    if (each != null) {
      each.undone(release.hold());
    }
  }

  /** medicd may go further than before: what was only rehearsed is due again. */
  public void takeBackRehearsals(Duration now) {
    cases.values().stream().filter(Case::isOpen).forEach(each -> each.takeBackRehearsals(now));
  }
}
