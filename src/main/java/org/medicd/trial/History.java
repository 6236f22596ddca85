package org.medicd.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.DeviceId;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.HostId;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Patient;
import org.medicd.plan.Step;
import org.medicd.plan.Symptom;
import org.medicd.plan.Verdict;

/** What happened in a trial, in the order in which it began. */
final class History {
  private static final List<String> UNSAID = List.of();

  private final List<Event> events = new ArrayList<>();

  /** Those that last, by what they are; where they stand in the list. */
  private final Map<Object, Integer> lasting = new LinkedHashMap<>();

  private final Map<String, Incident> known = new HashMap<>();
  private final Map<ProcessId, String> names = new HashMap<>();

  void add(Trial.Moment moment) {
    moment.seen().processes().values().forEach(proc -> names.putIfAbsent(proc.id(), proc.comm()));
    Set<Object> now = new LinkedHashSet<>();
    for (Symptom symptom : moment.assessed().symptoms()) {
      now.add(symptom);
      begin(symptom, What.Kind.SYMPTOM, symptom.name(), symptom.subject(), UNSAID, moment);
    }
    for (Finding finding : moment.assessed().findings()) {
      now.add(finding.diagnosis());
      Subject subject = finding.diagnosis().subject();
      String name = finding.diagnosis().name();
      begin(finding.diagnosis(), What.Kind.DIAGNOSIS, name, subject, finding.because(), moment);
    }
    lasting.keySet().stream()
        .filter(each -> !now.contains(each))
        .toList()
        .forEach(each -> end(each, moment.at()));
    moment.changed().forEach(incident -> add(incident, moment));
  }

  private void begin(
      Object what,
      What.Kind kind,
      String name,
      Subject subject,
      List<String> because,
      Trial.Moment moment) {
    if (!lasting.containsKey(what)) {
      lasting.put(what, events.size());
      events.add(new Event(kind, name, "", namesOf(subject), moment.at(), null, because));
    }
  }

  private void end(Object what, Duration at) {
    int place = Objects.requireNonNull(lasting.remove(what));
    events.set(place, events.get(place).endedAt(at));
  }

  private void add(Incident incident, Trial.Moment moment) {
    Incident before = known.put(incident.id(), incident);
    Set<String> about = namesOf(incident, moment.seen());
    for (int i = 0; i < incident.steps().size(); i++) {
      Step step = incident.steps().get(i);
      Step was = before == null || i >= before.steps().size() ? null : before.steps().get(i);
      if (was == null || !how(was).equals(how(step))) {
        String label = step.action().label();
        events.add(
            new Event(
                What.Kind.ACTION,
                label,
                how(step),
                about,
                moment.at(),
                null,
                List.of(step.words())));
      }
    }
    if (before == null || before.state() != incident.state()) {
      String state = incident.state().name().toLowerCase(java.util.Locale.ROOT);
      List<String> why =
          incident.closedBecause() == null ? UNSAID : List.of(incident.closedBecause());
      events.add(
          new Event(
              What.Kind.INCIDENT, incident.diagnosis(), state, about, moment.at(), null, why));
    }
  }

  private static String how(Step step) {
    Verdict verdict = step.verdict();
    return verdict instanceof Verdict.Refused refused
        ? "refused by " + refused.guard()
        : verdict instanceof Verdict.AwaitingApproval
            ? "awaiting-approval"
            : verdict instanceof Verdict.Rehearsed ? "rehearsed" : What.DONE;
  }

  private Set<String> namesOf(Incident incident, Snapshot seen) {
    Patient patient = incident.patient();
    Set<String> all = new LinkedHashSet<>(namesOf(patient.subject()));
    incident.members().forEach(member -> add(all, seen.find(member)));
    add(all, patient.comm());
    add(all, patient.unit());
    return all;
  }

  private static void add(Set<String> names, @Nullable Proc proc) {
    if (proc != null) {
      names.add(proc.comm());
    }
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  /** The names that a scenario may call a subject by. */
  Set<String> namesOf(Subject subject) {
    Set<String> all = new LinkedHashSet<>();
    if (subject instanceof ProcessId process) {
      add(all, names.get(process));
    } else if (subject instanceof UnitId unit) {
      all.add(unit.name());
    } else if (subject instanceof FilesystemId filesystem) {
      all.add(filesystem.mountPoint());
    } else if (subject instanceof DeviceId device) {
      all.add(device.name());
    } else if (subject instanceof HostId) {
      all.add("host");
    }
    all.add(subject.toString());
    return all;
  }

  /** All that match, in order. */
  List<Event> all(What what) {
    return events.stream().filter(what::matches).toList();
  }

  List<Event> events() {
    return List.copyOf(events);
  }
}
