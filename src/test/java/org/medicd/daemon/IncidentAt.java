package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Lineage;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Hold;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/** An incident for tests, as it stands at one moment. */
final class IncidentAt {
  static final Instant OPENED = Instant.parse("2026-01-02T03:04:05Z");
  static final ProcessId PROCESS = new ProcessId(50, 1000);
  static final Patient PATIENT =
      new Patient(
          PROCESS, "web", "/usr/bin/web", "www", null, new Lineage("parent 1", "/usr/bin/web"));

  private final String id;
  private final IncidentState state;
  private final List<Step> steps = new ArrayList<>();
  private @Nullable Instant closedAt;

  IncidentAt(String id, IncidentState state) {
    this.id = id;
    this.state = state;
  }

  IncidentAt closedAt(Instant at) {
    closedAt = at;
    return this;
  }

  IncidentAt did(Kind kind, Verdict verdict, @Nullable Outcome outcome, Instant at) {
    steps.add(new Step(new Action(kind), verdict, outcome, at, null));
    return this;
  }

  /** One that is open, about another patient. */
  static Incident about(Patient patient) {
    return new IncidentAt("1", IncidentState.OPEN).make(patient);
  }

  Incident make() {
    return make(PATIENT);
  }

  private Incident make(Patient patient) {
    return new Incident(
        id,
        "cpu-runaway",
        "diagnosis: cpu runaway",
        Severity.WARNING,
        Mode.ACT,
        Duration.ofSeconds(60),
        state,
        patient,
        List.of(PROCESS),
        OPENED,
        closedAt,
        closedAt == null ? null : "it ended",
        List.of("hot"),
        null,
        0,
        steps,
        List.of(),
        closedAt == null ? List.of(new Hold.Stopped(PROCESS)) : List.of());
  }
}
