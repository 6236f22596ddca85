package org.medicd.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;

/**
 * The life of one diagnosis of one lineage, as it is journalled, stored and shown.
 *
 * @param id unique, sorts by time of opening
 * @param diagnosis its name
 * @param rule that concluded it
 * @param severity as the rule has it
 * @param mode the furthest that the rule allows
 * @param lasted how long the condition must hold to be diagnosed (the limit "for")
 * @param state where it stands
 * @param patient about whom; the successor, once a process was replaced
 * @param members processes of a group; one process, or none for other subjects
 * @param openedAt by the wall clock
 * @param closedAt null while open
 * @param closedBecause how it ended, in words; null while open
 * @param because what the diagnosis stood on when it was opened
 * @param treatment its ladder; null: nothing was prescribed
 * @param next index of the rung that is due next
 * @param steps what became of the rungs so far
 * @param evidence folders of what was captured
 * @param holds in what medicd keeps somebody for a while
 */
public record Incident(
    String id,
    String diagnosis,
    String rule,
    Severity severity,
    Mode mode,
    Duration lasted,
    IncidentState state,
    Patient patient,
    List<ProcessId> members,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable String closedBecause,
    List<String> because,
    @Nullable Treatment treatment,
    int next,
    List<Step> steps,
    List<String> evidence,
    List<Hold> holds) {
  public Incident {
    members = List.copyOf(members);
    because = List.copyOf(because);
    steps = List.copyOf(steps);
    evidence = List.copyOf(evidence);
    holds = List.copyOf(holds);
  }

  /** An incident that begins now. */
  public static Incident opened(
      String id, Finding finding, Patient patient, List<ProcessId> members, Instant at) {
    return new Incident(
        id,
        finding.diagnosis().name(),
        finding.rule(),
        finding.severity(),
        finding.mode(),
        finding.lasted(),
        IncidentState.OPEN,
        patient,
        members,
        at,
        null,
        null,
        finding.because(),
        finding.treatment(),
        0,
        List.of(),
        List.of(),
        List.of());
  }

  /** The first step that was let through and changed something; empty: none was. */
  public Optional<Step> treated() {
    return steps.stream()
        .filter(step -> step.action().disrupts() && step.verdict() instanceof Verdict.Allowed)
        .findFirst();
  }

  /** It was closed as it began: something about medicd itself, which is told once. */
  public boolean isRemark() {
    return state == IncidentState.WITHDRAWN && openedAt.equals(closedAt);
  }

  /** The same, ended without a cure. */
  public Incident withdrawn(String why, Instant at) {
    return new Incident(
        id,
        diagnosis,
        rule,
        severity,
        mode,
        lasted,
        IncidentState.WITHDRAWN,
        patient,
        members,
        openedAt,
        at,
        why,
        because,
        treatment,
        next,
        steps,
        evidence,
        List.of());
  }
}
