package org.medicd.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Pause;
import org.medicd.plan.Rung;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

/**
 * Letters about nothing that happened: one of each kind, to try templates with, and one that people
 * are sent as a test.
 */
public final class Samples {
  private static final String HOST = "web-1";
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final String ADVICE = "look at its log: journalctl -u burner.service";

  private static final Treatment LADDER =
      new Treatment(
          "treatment: cpu runaway",
          List.of(
              rung(Action.Kind.CAPTURE, "stacks"),
              rung(Action.Kind.TERM, null),
              rung(Action.Kind.RESTART_UNIT, null),
              rung(Action.Kind.PAGE, ADVICE)));

  private Samples() {}

  /**
   * A letter that says that it is a test, and no more.
   *
   * @param host name of this host
   * @param now its key tells it from those of other seconds
   */
  public static Letter test(String host, Instant now) {
    String id = ID.format(now) + "-test";
    Treatment nothing =
        new Treatment(
            "test", List.of(rung(Action.Kind.PAGE, "Nothing is to be done: this was a test.")));
    Incident incident =
        new Incident(
            id,
            "test",
            "medic alert test",
            Severity.INFO,
            Mode.OBSERVE,
            Duration.ZERO,
            IncidentState.OPEN,
            new Patient(new HostId(), null, null, null, null, null),
            List.of(),
            now,
            null,
            null,
            List.of("This is a test of medicd's alerts: nothing is wrong."),
            nothing,
            0,
            List.of(),
            List.of(),
            List.of());
    Notice notice =
        new Notice(id + ".0", Notice.Kind.OPENED, incident, host, Mode.OBSERVE, null, null, now);
    return letter(notice);
  }

  /** One of each kind, and of each field at least one that has it. */
  static List<Letter> letters() {
    Step capture = step(Action.Kind.CAPTURE, "stacks", new Outcome.Done("3 threads"), null);
    Step term = step(Action.Kind.TERM, null, new Outcome.Done("SIGTERM to pid 12"), "and no more");
    Step restart = step(Action.Kind.RESTART_UNIT, null, new Outcome.TimedOut("after 30s"), null);
    Step page = step(Action.Kind.PAGE, ADVICE, new Outcome.Done("told"), null);
    Step asked =
        new Step(
            new Action(Action.Kind.TERM),
            new Verdict.AwaitingApproval(Duration.ofMinutes(15)),
            null,
            AT,
            null);
    Letter opened = letter(notice(Notice.Kind.OPENED, IncidentState.OPEN, Severity.WARNING, 0));
    return List.of(
        opened,
        letter(
            notice(Notice.Kind.STEP, IncidentState.TREATING, Severity.WARNING, 2, capture, term)),
        letter(notice(Notice.Kind.ASKED, IncidentState.TREATING, Severity.WARNING, 1, asked)),
        letter(notice(Notice.Kind.REMINDER, IncidentState.TREATING, Severity.INFO, 1, term)),
        letter(
            notice(
                Notice.Kind.PAGED,
                IncidentState.EXHAUSTED,
                Severity.CRITICAL,
                4,
                capture,
                term,
                restart,
                page)),
        letter(notice(Notice.Kind.CLOSED, IncidentState.RECOVERED, Severity.CRITICAL, 2, term)),
        letter(paused(opened.first())),
        letter(much()),
        letter(unit(1, Severity.CRITICAL), unit(2, Severity.CRITICAL), unit(3, Severity.CRITICAL)),
        new Letter(
            "digest",
            List.of(opened.first(), unit(1, Severity.WARNING)),
            Map.of("unit-failed", 310),
            null,
            true,
            false,
            List.of()));
  }

  private static Letter letter(Notice... notices) {
    List<String> covers = Arrays.stream(notices).map(Notice::id).toList();
    List<Notice> all = List.of(notices);
    boolean over = Conversations.areOver(all);
    return new Letter(Letter.keyOf(covers), all, Map.of(), null, false, over, covers);
  }

  private static Notice notice(
      Notice.Kind kind, IncidentState state, Severity severity, int next, Step... steps) {
    ProcessId process = new ProcessId(12, 345);
    boolean over = state.isClosed();
    return notice(
        kind,
        new Incident(
            "20261123-100000-1",
            "cpu-runaway",
            "diagnosis: cpu runaway",
            severity,
            Mode.ACT,
            Duration.ofMinutes(1),
            state,
            new Patient(process, "burner", "/usr/bin/burner", "www", "burner.service", null),
            List.of(process),
            AT,
            over ? AT.plusSeconds(192) : null,
            over ? "the condition ended" : null,
            List.of("98.3 % of a core wanted, for 60 s", "the host is busy: 91 %"),
            LADDER,
            next,
            List.of(steps),
            steps.length > 1 ? List.of("/var/lib/medicd/evidence/20261123-100000-1") : List.of(),
            List.of()));
  }

  private static Notice notice(Notice.Kind kind, Incident incident) {
    String id = incident.id() + "." + incident.steps().size();
    return new Notice(id, kind, incident, HOST, Mode.ACT, null, "17:0123abcd", AT);
  }

  /** Of this the lists are cut. */
  private static Notice much() {
    Notice one = notice(Notice.Kind.OPENED, IncidentState.TREATING, Severity.WARNING, 1);
    Incident incident = one.incident();
    Step step = step(Action.Kind.TERM, null, new Outcome.Failed("not permitted"), null);
    int many = NoticeText.MOST_LINES + 5;
    return notice(
        Notice.Kind.STEP,
        new Incident(
            incident.id(),
            incident.diagnosis(),
            incident.rule(),
            incident.severity(),
            incident.mode(),
            incident.lasted(),
            incident.state(),
            incident.patient(),
            incident.members(),
            AT,
            null,
            null,
            Collections.nCopies(many, "one more reason"),
            null,
            0,
            Collections.nCopies(many, step),
            List.of(),
            List.of()));
  }

  private static Notice unit(int number, Severity severity) {
    String unit = "worker@" + number + ".service";
    return notice(
        Notice.Kind.OPENED,
        new Incident(
            "20261123-100000-" + number,
            "unit-failed",
            "diagnosis: unit failed",
            severity,
            Mode.ACT,
            Duration.ofSeconds(10),
            IncidentState.OPEN,
            new Patient(new UnitId(unit), null, null, null, unit, null),
            List.of(),
            AT,
            null,
            null,
            List.of("it is in the state failed"),
            new Treatment("treatment: unit failed", List.of(rung(Action.Kind.PAGE, ADVICE))),
            0,
            List.of(),
            List.of(),
            List.of()));
  }

  private static Notice paused(Notice notice) {
    Pause pause = new Pause("root", "the disks are being replaced", AT);
    return new Notice(
        notice.id(), notice.kind(), notice.incident(), HOST, Mode.ACT, pause, null, AT);
  }

  private static Step step(
      Action.Kind kind, @Nullable String argument, Outcome outcome, @Nullable String detail) {
    return new Step(new Action(kind, argument), new Verdict.Allowed(), outcome, AT, detail);
  }

  private static Rung rung(Action.Kind kind, @Nullable String argument) {
    return new Rung(new Action(kind, argument), Duration.ofSeconds(10), null);
  }
}
