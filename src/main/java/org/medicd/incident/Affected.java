package org.medicd.incident;

import java.util.ArrayList;
import java.util.List;
import org.medicd.fact.GroupId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.plan.Patient;

/** Whom an incident is about: the patient, and the processes that have to do with it. */
final class Affected {
  private final List<ProcessId> members;
  private Patient patient;

  Affected(Patient patient, List<ProcessId> members) {
    this.patient = patient;
    this.members = new ArrayList<>(members);
  }

  Patient patient() {
    return patient;
  }

  List<ProcessId> members() {
    return List.copyOf(members);
  }

  boolean includes(Subject subject) {
    return patient.subject().equals(subject)
        || (subject instanceof ProcessId process && members.contains(process));
  }

  boolean isGroup() {
    return patient.subject() instanceof GroupId;
  }

  /** Not about what they wait for: a file system is well again when nobody waits for it. */
  boolean areTheSubject() {
    return isGroup() || patient.subject() instanceof ProcessId;
  }

  /** The subject is gone, and left some of its family behind. */
  boolean isOutlivedBy(List<ProcessId> living) {
    return patient.subject() instanceof ProcessId subject
        && !living.isEmpty()
        && !living.contains(subject);
  }

  /** One more process of a group, or of the family of the subject. */
  void join(ProcessId process) {
    members.add(process);
  }

  /** It is about all its members from here on. */
  void becomeGroup(Patient group) {
    patient = group;
  }

  void become(Patient successor, List<ProcessId> processes) {
    patient = successor;
    members.clear();
    members.addAll(processes);
  }
}
