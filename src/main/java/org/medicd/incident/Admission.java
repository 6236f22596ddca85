package org.medicd.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medicd.fact.Lineage;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Patient;

/**
 * Which case a finding belongs to: one that is known, the one of its predecessor, one for many of
 * the same kin, or a new one.
 */
final class Admission {
  /** More subjects than this of one unit or parent at the same time are one group incident. */
  private static final int SINGLE_SUBJECTS = 3;

  private final Map<String, Case> cases;
  private final Ids ids;

  /**
   * @param cases by their ids; gets the new ones
   */
  Admission(Map<String, Case> cases, Ids ids) {
    this.cases = cases;
    this.ids = ids;
  }

  /** The findings of each case; new ones get a new case. */
  Map<Case, List<Finding>> assign(List<Finding> findings, Snapshot seen, Duration now) {
    Map<Case, List<Finding>> diagnosed = new LinkedHashMap<>();
    List<Finding> fresh = new ArrayList<>();
    Roll roll = new Roll(cases.values());
    for (Finding finding : findings) {
      known(finding, roll, seen, now)
          .ifPresentOrElse(each -> add(diagnosed, each, finding), () -> fresh.add(finding));
    }
    byKin(fresh, seen).values().forEach(kin -> open(kin, roll, seen, now, diagnosed));
    return diagnosed;
  }

  private static void add(Map<Case, List<Finding>> diagnosed, Case to, Finding finding) {
    diagnosed.computeIfAbsent(to, each -> new ArrayList<>()).add(finding);
  }

  private static Optional<Case> known(Finding finding, Roll roll, Snapshot seen, Duration now) {
    Case about = roll.about(finding.diagnosis().name(), finding.diagnosis().subject());
    return about != null ? Optional.of(about) : predecessor(finding, roll, seen, now);
  }

  /**
   * The case of the same lineage whose own process has ended, or which was closed so lately that
   * its process falling ill again is the same illness.
   */
  private static Optional<Case> predecessor(
      Finding finding, Roll roll, Snapshot seen, Duration now) {
    if (!(finding.diagnosis().subject() instanceof ProcessId process)) {
      return Optional.empty();
    }
    Patient patient = Patients.of(process, seen);
    if (patient.lineage() == null) {
      return Optional.empty();
    }
    for (Case each : roll.kin(finding.diagnosis().name(), patient.lineage())) {
      boolean relapsed = each.isAbout(finding.diagnosis().name(), process);
      boolean ended = each.affected().members().stream().allMatch(id -> seen.find(id) == null);
      if (relapsed || ended) {
        each.succeededBy(patient, List.of(process), now);
        roll.enter(each);
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static Map<Object, List<Finding>> byKin(List<Finding> findings, Snapshot seen) {
    return findings.stream()
        .collect(
            Collectors.groupingBy(
                finding -> {
                  Lineage kin = Patients.kin(finding.diagnosis().subject(), seen);
                  return kin == null
                      ? finding.diagnosis()
                      : List.of(finding.diagnosis().name(), kin);
                },
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** Opens one incident each, or one for all where they are many. */
  private void open(
      List<Finding> findings,
      Roll roll,
      Snapshot seen,
      Duration now,
      Map<Case, List<Finding>> diagnosed) {
    Finding first = findings.get(0);
    Lineage kin = Patients.kin(first.diagnosis().subject(), seen);
    List<Case> siblings =
        kin == null
            ? List.of()
            : roll.kin(first.diagnosis().name(), kin).stream().filter(Case::isOpen).toList();
    List<Case> untouched = siblings.stream().filter(Case::isUntouched).toList();
    boolean grouped = untouched.stream().anyMatch(each -> each.affected().isGroup());
    boolean many = siblings.size() + findings.size() > SINGLE_SUBJECTS;
    if (grouped || (many && !untouched.isEmpty())) {
      Case group = gather(untouched, subjects(findings), seen, now);
      findings.forEach(finding -> add(diagnosed, group, finding));
    } else if (many) {
      List<ProcessId> members = subjects(findings);
      Case group = admit(first, Patients.ofGroup(members, seen), members, seen, now);
      findings.forEach(finding -> add(diagnosed, group, finding));
    } else {
      for (Finding finding : findings) {
        Patient patient = Patients.of(finding.diagnosis().subject(), seen);
        List<ProcessId> members = Patients.members(finding.diagnosis().subject(), seen);
        add(diagnosed, admit(finding, patient, members, seen, now), finding);
      }
    }
  }

  /**
   * Makes one case of many. Only those to whom nothing was done yet are gathered: a process that
   * joined after TERM would be killed without ever having been sent it.
   */
  private static Case gather(
      List<Case> untouched, List<ProcessId> more, Snapshot seen, Duration now) {
    Case group =
        untouched.stream()
            .filter(each -> each.affected().isGroup())
            .findFirst()
            .orElse(untouched.get(0));
    List<ProcessId> members = new ArrayList<>();
    for (Case each : untouched) {
      if (each != group) {
        members.addAll(each.affected().members());
        each.withdraw("it went into the group incident " + group.id(), seen.at(), now);
      }
    }
    members.addAll(more);
    group.gather(members, Patients.ofGroup(group.affected().members(), seen));
    return group;
  }

  private static List<ProcessId> subjects(List<Finding> findings) {
    return findings.stream().map(each -> (ProcessId) each.diagnosis().subject()).toList();
  }

  private Case admit(
      Finding finding, Patient patient, List<ProcessId> members, Snapshot seen, Duration now) {
    String id = ids.next(seen.at());
    Incident incident = Incident.opened(id, finding, patient, members, seen.at());
    Case fresh = Case.open(incident, now);
    cases.put(id, fresh);
    return fresh;
  }
}
