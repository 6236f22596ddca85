package org.medicd.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.plan.Hold;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;

/**
 * An incident as scripts get it. The names and their order are a contract: add at the end, never
 * rename.
 */
public record IncidentView(
    String id,
    String diagnosis,
    String rule,
    Severity severity,
    IncidentState state,
    SubjectView subject,
    Instant openedAt,
    @Nullable Instant closedAt,
    List<String> because,
    List<RungView> rungs,
    List<String> evidence,
    List<String> holds) {
  /**
   * Whom it is about.
   *
   * @param kind process, unit, host, filesystem, device or group
   * @param comm the kernel's name of the process, as it is: escape before showing
   * @param unit the unit, or the one that owns the process
   * @param name the subject in words; null for a process
   */
  public record SubjectView(
      String kind,
      @Nullable Integer pid,
      @Nullable Long startTicks,
      @Nullable String comm,
      @Nullable String unit,
      @Nullable String name) {
    static SubjectView of(Patient patient) {
      Subject subject = patient.subject();
      if (subject instanceof ProcessId process) {
        return new SubjectView(
            subject.kind(),
            process.pid(),
            process.startTicks(),
            patient.comm(),
            patient.unit(),
            null);
      }
      String unit = subject instanceof UnitId id ? id.name() : patient.unit();
      return new SubjectView(subject.kind(), null, null, patient.comm(), unit, subject.toString());
    }
  }

  public IncidentView {
    because = List.copyOf(because);
    rungs = List.copyOf(rungs);
    evidence = List.copyOf(evidence);
    holds = List.copyOf(holds);
  }

  /** The same with this folder of evidence, if it is not among its own. */
  public IncidentView withEvidence(String folder) {
    if (evidence.contains(folder)) {
      return this;
    }
    List<String> more = new ArrayList<>(evidence);
    more.add(folder);
    return new IncidentView(
        id, diagnosis, rule, severity, state, subject, openedAt, closedAt, because, rungs, more,
        holds);
  }

  public static IncidentView of(Incident incident) {
    return new IncidentView(
        incident.id(),
        incident.diagnosis(),
        incident.rule(),
        incident.severity(),
        incident.state(),
        SubjectView.of(incident.patient()),
        incident.openedAt(),
        incident.closedAt(),
        incident.because(),
        incident.steps().stream().map(RungView::of).toList(),
        incident.evidence(),
        incident.holds().stream().map(Hold::words).toList());
  }
}
