package org.medicd.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Rung;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

/** Notices for the tests: a burner on web-1 that got SIGTERM and is about to get SIGKILL. */
public final class Notices {
  public static final Instant OPENED_AT = Instant.parse("2026-11-23T10:00:00Z");

  private static final Treatment LADDER =
      new Treatment(
          "treatment: cpu runaway",
          List.of(rung(Action.Kind.TERM), rung(Action.Kind.KILL), rung(Action.Kind.PAGE)));

  private Notices() {}

  public static Notice opened() {
    return of(Notice.Kind.OPENED, incident("burner", Severity.WARNING, IncidentState.OPEN, 0));
  }

  public static Notice opened(String comm) {
    return of(Notice.Kind.OPENED, incident(comm, Severity.WARNING, IncidentState.OPEN, 0));
  }

  public static Notice opened(Severity severity) {
    return of(Notice.Kind.OPENED, incident("burner", severity, IncidentState.OPEN, 0));
  }

  public static Notice exhausted() {
    return of(
        Notice.Kind.EXHAUSTED,
        incident(
            "burner",
            Severity.WARNING,
            IncidentState.EXHAUSTED,
            3,
            step(Action.Kind.TERM, new Verdict.Allowed(), new Outcome.Done("SIGTERM sent")),
            step(Action.Kind.KILL, new Verdict.Refused("budget", "3 in 10m used up", true), null),
            step(Action.Kind.PAGE, new Verdict.Allowed(), new Outcome.Done("told"))));
  }

  public static Notice awaiting() {
    return of(
        Notice.Kind.PAGED,
        incident(
            "burner",
            Severity.WARNING,
            IncidentState.TREATING,
            0,
            step(Action.Kind.TERM, new Verdict.AwaitingApproval(null), null)));
  }

  public static Notice recovered() {
    return of(
        Notice.Kind.CLOSED,
        incident(
            "burner",
            Severity.WARNING,
            IncidentState.RECOVERED,
            1,
            step(Action.Kind.TERM, new Verdict.Rehearsed("mode observe"), null)));
  }

  /** About medicd itself, which is closed as it begins: a person must see to it. */
  public static Notice call() {
    return of(Notice.Kind.PAGED, remark("rules-refused"));
  }

  /** The same of what nobody need do anything about. */
  public static Notice news() {
    return of(Notice.Kind.CLOSED, remark("breaker-closed"));
  }

  private static Incident remark(String what) {
    Diagnosis diagnosis = new Diagnosis(what, new HostId());
    List<String> because = List.of("two.drl:1: unknown field");
    Finding finding =
        new Finding(
            diagnosis, "medicd", Severity.WARNING, Mode.OBSERVE, Duration.ZERO, because, null);
    Patient host = new Patient(diagnosis.subject(), null, null, null, null, null);
    return Incident.opened("20261123-100000-" + what, finding, host, List.of(), OPENED_AT)
        .withdrawn("the old rules and settings go on", OPENED_AT);
  }

  /** One of many. */
  public static Notice nth(int number, String diagnosis, Severity severity) {
    return of(Notice.Kind.OPENED, nth(number, diagnosis, severity, IncidentState.OPEN));
  }

  public static Notice nthClosed(int number, String diagnosis, Severity severity) {
    Notice closed =
        of(Notice.Kind.CLOSED, nth(number, diagnosis, severity, IncidentState.RECOVERED));
    return new Notice(
        closed.incident().id() + ".1",
        closed.kind(),
        closed.incident(),
        closed.host(),
        closed.mode(),
        null,
        null,
        closed.at());
  }

  private static Incident nth(
      int number, String diagnosis, Severity severity, IncidentState state) {
    Incident like = incident("burner", severity, state, 0);
    String unit = "worker" + number + ".service";
    return new Incident(
        "20261123-100000-" + number,
        diagnosis,
        like.rule(),
        severity,
        like.mode(),
        like.lasted(),
        state,
        new Patient(new UnitId(unit), null, null, null, unit, null),
        List.of(),
        like.openedAt(),
        like.closedAt(),
        like.closedBecause(),
        like.because(),
        like.treatment(),
        0,
        List.of(),
        List.of(),
        List.of());
  }

  /** What follows in that thread. */
  public static Letter letterIn(String thread, Notice notice) {
    Letter first = letter(notice);
    return new Letter(
        first.key(), first.notices(), first.others(), thread, false, first.over(), first.covers());
  }

  public static Letter letter(Notice... notices) {
    List<String> covers = java.util.Arrays.stream(notices).map(Notice::id).toList();
    return new Letter(
        Letter.keyOf(covers),
        List.of(notices),
        java.util.Map.of(),
        null,
        false,
        Conversations.areOver(List.of(notices)),
        covers);
  }

  public static Notice of(Notice.Kind kind, Incident incident) {
    String id = incident.id() + "." + incident.steps().size();
    return new Notice(id, kind, incident, "web-1", Mode.ACT, null, null, OPENED_AT);
  }

  public static Incident incident(
      String comm, Severity severity, IncidentState state, int next, Step... steps) {
    ProcessId id = new ProcessId(12, 345);
    return new Incident(
        "20261123-100000-1",
        "cpu-runaway",
        "diagnosis: cpu runaway",
        severity,
        Mode.ACT,
        Duration.ofSeconds(60),
        state,
        new Patient(id, comm, "/usr/bin/burner", "www", "burner.service", null),
        List.of(id),
        OPENED_AT,
        state.isClosed() ? OPENED_AT.plusSeconds(90) : null,
        state.isClosed() ? "the condition ended" : null,
        List.of("98.3 % of a core wanted, for 60 s"),
        LADDER,
        next,
        List.of(steps),
        List.of(),
        List.of());
  }

  public static Step step(Action.Kind kind, Verdict verdict, @Nullable Outcome outcome) {
    return new Step(new Action(kind), verdict, outcome, OPENED_AT, null);
  }

  private static Rung rung(Action.Kind kind) {
    return new Rung(new Action(kind), Duration.ofSeconds(10), null);
  }
}
