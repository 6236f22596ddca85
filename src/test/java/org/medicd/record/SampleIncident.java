package org.medicd.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Lineage;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Action;
import org.medicd.plan.Hold;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Rung;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

/** A cpu-runaway of pid 17, at any moment of its life. */
public final class SampleIncident {
  public static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
  private static final ProcessId BURNER = new ProcessId(17, 4_711);

  private SampleIncident() {}

  public static Incident opened(String id) {
    return with(id, IncidentState.OPEN, null, null, List.of());
  }

  public static Incident treating(String id, Step... steps) {
    return with(id, IncidentState.TREATING, null, null, List.of(steps));
  }

  public static Incident recovered(String id, Instant closedAt, Step... steps) {
    return with(id, IncidentState.RECOVERED, closedAt, "the CPU is idle again", List.of(steps));
  }

  /** A TERM that was allowed and has not ended. */
  public static Step termIntent() {
    return new Step(
        new Action(Action.Kind.TERM), new Verdict.Allowed(), null, OPENED.plusSeconds(60), null);
  }

  public static Step termDone() {
    Step intent = termIntent();
    return new Step(
        intent.action(), intent.verdict(), new Outcome.Done("sent"), intent.at(), "to pid 17");
  }

  public static Step killRefused(String why) {
    return new Step(
        new Action(Action.Kind.KILL),
        new Verdict.Refused("cooldown", why, false),
        null,
        OPENED.plusSeconds(70),
        null);
  }

  private static Incident with(
      String id,
      IncidentState state,
      @Nullable Instant closedAt,
      @Nullable String closedBecause,
      List<Step> steps) {
    return new Incident(
        id,
        "cpu-runaway",
        "diagnosis: cpu runaway",
        Severity.WARNING,
        Mode.ACT,
        Duration.ofSeconds(60),
        state,
        new Patient(
            BURNER,
            "burn\ner) \u2028\"",
            "/usr/bin/burner",
            "www-data",
            "burner.service",
            new Lineage("unit burner.service", "/usr/bin/burner")),
        List.of(BURNER),
        OPENED,
        closedAt,
        closedBecause,
        List.of("99.8 % of one core over 10 s"),
        new Treatment(
            "treatment: cpu runaway",
            List.of(
                new Rung(new Action(Action.Kind.CAPTURE, "stacks"), Duration.ofMillis(1), null),
                new Rung(
                    new Action(Action.Kind.TERM), Duration.ofSeconds(10), "host-cpu-saturated"))),
        steps.size(),
        steps,
        List.of("evidence/1"),
        List.of(
            new Hold.Stopped(BURNER),
            new Hold.Frozen("burner.service"),
            new Hold.Limited("burner.service", "CPUQuota", "500000", "infinity")));
  }

  /** The same with evidence elsewhere. */
  public static Incident withEvidence(Incident of, String folder) {
    return new Incident(
        of.id(),
        of.diagnosis(),
        of.rule(),
        of.severity(),
        of.mode(),
        of.lasted(),
        of.state(),
        of.patient(),
        of.members(),
        of.openedAt(),
        of.closedAt(),
        of.closedBecause(),
        of.because(),
        of.treatment(),
        of.next(),
        of.steps(),
        List.of(folder),
        of.holds());
  }
}
