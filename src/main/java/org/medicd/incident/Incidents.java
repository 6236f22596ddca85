package org.medicd.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.plan.Action;
import org.medicd.plan.Assessment;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Patient;
import org.medicd.plan.Report;
import org.medicd.plan.Verdict;

/**
 * All incidents that are open, and those closed so lately that a successor would be the same one.
 * Belongs to the tick's thread.
 */
public final class Incidents {
  /** More subjects than this of one unit or parent at the same time are one group incident. */
  private static final int SINGLE_SUBJECTS = 3;

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Map<String, Case> cases = new LinkedHashMap<>();
  private long opened;

  /** Takes up what an earlier run of the daemon left open. */
  public void restore(List<Incident> kept, Duration now) {
    for (Incident incident : kept) {
      if (!incident.state().isClosed()) {
        cases.put(incident.id(), new Case(incident, now));
      }
    }
  }

  /** Looks again at every incident, opens new ones, and returns the rungs that are due. */
  public List<Intent> consider(Assessment assessed, Snapshot seen, Duration now) {
    cases.values().removeIf(each -> each.isForgotten(now));
    Map<Case, Finding> diagnosed = assign(assessed.findings(), seen, now);
    List<Intent> due = new ArrayList<>();
    for (Case each : cases.values()) {
      Sight sight = Sight.of(diagnosed.get(each), each.patient(), each.members(), seen, now);
      each.unitStopsWithin(sight.stopTimeout());
      Intent intent = each.consider(sight, seen.at());
      if (intent != null) {
        due.add(intent);
      }
    }
    return due;
  }

  private Map<Case, Finding> assign(List<Finding> findings, Snapshot seen, Duration now) {
    Map<Case, Finding> diagnosed = new LinkedHashMap<>();
    List<Finding> fresh = new ArrayList<>();
    for (Finding finding : findings) {
      Optional<Case> known = known(finding, seen, now);
      known.ifPresentOrElse(each -> diagnosed.putIfAbsent(each, finding), () -> fresh.add(finding));
    }
    byOwner(fresh, seen).values().forEach(group -> open(group, seen, now, diagnosed));
    return diagnosed;
  }

  private Optional<Case> known(Finding finding, Snapshot seen, Duration now) {
    String name = finding.diagnosis().name();
    for (Case each : cases.values()) {
      if (each.isOpen() && each.isAbout(name, finding.diagnosis().subject())) {
        return Optional.of(each);
      }
    }
    return predecessor(finding, seen, now);
  }

  /** The case of the same lineage whose own process has ended. */
  private Optional<Case> predecessor(Finding finding, Snapshot seen, Duration now) {
    if (!(finding.diagnosis().subject() instanceof ProcessId process)) {
      return Optional.empty();
    }
    Patient patient = Patients.of(process, seen);
    if (patient.lineage() == null) {
      return Optional.empty();
    }
    for (Case each : cases.values()) {
      boolean same =
          each.diagnosis().equals(finding.diagnosis().name())
              && patient.lineage().equals(each.patient().lineage());
      if (same && each.members().stream().allMatch(id -> seen.find(id) == null)) {
        each.succeededBy(patient, List.of(process), now);
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static Map<String, List<Finding>> byOwner(List<Finding> findings, Snapshot seen) {
    return findings.stream()
        .collect(
            Collectors.groupingBy(
                finding ->
                    finding.diagnosis().name()
                        + " "
                        + Objects.requireNonNullElse(
                            Patients.owner(finding.diagnosis().subject(), seen),
                            finding.diagnosis().subject().toString()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** Opens one incident each, or one for all where they are many. */
  private void open(
      List<Finding> findings, Snapshot seen, Duration now, Map<Case, Finding> diagnosed) {
    Finding first = findings.get(0);
    String name = first.diagnosis().name();
    String owner = Patients.owner(first.diagnosis().subject(), seen);
    List<Case> siblings = owner == null ? List.of() : siblings(name, owner);
    List<Case> untouched = siblings.stream().filter(each -> !each.hasDisrupted()).toList();
    Optional<Case> group = untouched.stream().filter(Incidents::isGroup).findFirst();
    boolean many = owner != null && siblings.size() + findings.size() > SINGLE_SUBJECTS;
    if (group.isPresent() || (many && !untouched.isEmpty())) {
      Case gathering = group.orElseGet(() -> untouched.get(0));
      gather(gathering, untouched, findings, seen, now);
      diagnosed.putIfAbsent(gathering, first);
    } else if (many) {
      List<ProcessId> members = subjects(findings);
      admit(first, Patients.ofGroup(members, seen), members, seen, now, diagnosed);
    } else {
      for (Finding finding : findings) {
        Patient patient = Patients.of(finding.diagnosis().subject(), seen);
        List<ProcessId> members = Patients.members(finding.diagnosis().subject(), seen);
        admit(finding, patient, members, seen, now, diagnosed);
      }
    }
  }

  /**
   * Makes one case the group's. Only those to whom nothing was done yet are gathered: a process
   * that joined after TERM would be killed without ever having been sent it.
   */
  private static void gather(
      Case group, List<Case> untouched, List<Finding> findings, Snapshot seen, Duration now) {
    for (Case each : untouched) {
      if (each != group) {
        each.members().forEach(group::joinedBy);
        each.withdraw("it went into the group incident " + group.id(), seen.at(), now);
      }
    }
    subjects(findings).forEach(group::joinedBy);
    if (!isGroup(group)) {
      group.becomesGroup(Patients.ofGroup(group.members(), seen));
    }
  }

  private static List<ProcessId> subjects(List<Finding> findings) {
    return findings.stream().map(each -> (ProcessId) each.diagnosis().subject()).toList();
  }

  private static boolean isGroup(Case each) {
    return each.patient().subject() instanceof org.medicd.fact.GroupId;
  }

  private List<Case> siblings(String diagnosis, String owner) {
    return cases.values().stream()
        .filter(Case::isOpen)
        .filter(each -> each.diagnosis().equals(diagnosis))
        .filter(each -> each.patient().lineage() != null)
        .filter(each -> Objects.requireNonNull(each.patient().lineage()).owner().equals(owner))
        .toList();
  }

  private void admit(
      Finding finding,
      Patient patient,
      List<ProcessId> members,
      Snapshot seen,
      Duration now,
      Map<Case, Finding> diagnosed) {
    String id = ID.format(seen.at()) + "-" + Long.toString(++opened, 36);
    Case fresh = new Case(id, finding, patient, members, seen.at(), now);
    cases.put(id, fresh);
    diagnosed.put(fresh, finding);
  }

  /** Takes the guards' verdict on a rung. */
  public void judged(Intent intent, Verdict verdict, Snapshot seen, Duration now) {
    Case each = cases.get(intent.incident());
    if (each != null) {
      each.judged(intent, verdict, detail(intent, seen), seen.at(), now);
    }
  }

  /** What tells after a crash whether a restart took place: the invocation before it. */
  private static @Nullable String detail(Intent intent, Snapshot seen) {
    String name = intent.patient().unit();
    Unit unit = name == null ? null : seen.units().get(name);
    boolean restart = intent.action().kind() == Action.Kind.RESTART_UNIT;
    return restart && unit != null
        ? (intent.mends() ? "due at once: a signal of ours left the unit down; " : "")
            + name
            + " was "
            + unit.activeState()
            + ", invocation "
            + unit.invocationId()
        : null;
  }

  /** Takes what came of an action. */
  public void ended(Report report, Duration now) {
    Case each = cases.get(report.incident());
    if (each != null) {
      each.ended(report.outcome(), report.evidence(), each.members(), now);
    }
  }

  /** Whether a rung of that incident waited for a person's yes. */
  public boolean approve(String id) {
    Case each = cases.get(id);
    return each != null && each.approve();
  }

  /** Ends an incident by a person's word; false where none of that id is open. */
  public boolean withdraw(String id, String why, Instant at, Duration now) {
    Case each = cases.get(id);
    if (each == null || !each.isOpen()) {
      return false;
    }
    each.withdraw(why, at, now);
    return true;
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
        .map(each -> each.patient().unit())
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What was held stopped runs again: no rung is due before its condition shows anew. */
  public void leasesUndone(Duration now) {
    cases.values().forEach(each -> each.letGo(now));
  }

  /** The rules begin anew: what they do not diagnose yet is not gone by that. */
  public void lookAnew(Duration now) {
    cases.values().forEach(each -> each.lookAnew(now));
  }

  /** Processes that medicd holds stopped. */
  public List<ProcessId> leases() {
    return cases.values().stream().flatMap(each -> each.lease().stream()).toList();
  }
}
