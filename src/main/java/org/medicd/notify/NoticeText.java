package org.medicd.notify;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.medicd.config.Durations;
import org.medicd.fact.GroupId;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;
import org.medicd.plan.Pause;
import org.medicd.plan.Rung;
import org.medicd.plan.Step;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

/** A notice in words, short enough for a telephone. */
final class NoticeText {
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_ADVICE = 1000;

  /** Of what stands below each other. */
  static final int MOST_LINES = 20;

  private NoticeText() {}

  static String host(Notice notice) {
    return name(notice.host());
  }

  static String text(Notice notice) {
    Incident incident = notice.incident();
    StringBuilder text = new StringBuilder();
    text.append(host(notice)).append(": ").append(headline(notice)).append('\n');
    if (incident.closedBecause() != null) {
      text.append("Closed: ").append(line(incident.closedBecause())).append('\n');
      text.append(course(incident)).append('\n');
    }
    list(text, "Because", incident.because());
    advice(incident).ifPresent(advice -> text.append("\nAdvice: ").append(advice).append('\n'));
    list(text, "Done so far", incident.steps().stream().map(NoticeText::step).toList());
    text.append('\n');
    if (!incident.state().isClosed()) {
      text.append(next(incident)).append('\n');
    }
    if (!incident.evidence().isEmpty()) {
      text.append("Evidence is kept.\n");
    }
    text.append("Opened at ")
        .append(incident.openedAt().truncatedTo(ChronoUnit.SECONDS))
        .append(" by rule \"");
    text.append(line(incident.rule())).append("\".\n");
    text.append(mode(notice)).append('\n');
    text.append("More: medic show ").append(name(incident.id())).append('\n');
    if (notice.auditHead() != null) {
      text.append("The audit trail ended at ").append(name(notice.auditHead())).append('\n');
    }
    return text.toString();
  }

  /** As: It lasted 3m 12s. What medicd did last: term, SIGTERM sent. */
  static String course(Incident incident) {
    StringBuilder text = new StringBuilder();
    if (incident.closedAt() != null) {
      Duration lasted = Duration.between(incident.openedAt(), incident.closedAt());
      Duration whole = Duration.ofSeconds(Math.max(0, lasted.toSeconds()));
      text.append("It lasted ").append(Durations.format(whole)).append(". ");
    }
    List<Step> acts =
        incident.steps().stream()
            .filter(each -> each.action().disrupts() && each.mayHaveActed())
            .toList();
    if (acts.isEmpty()) {
      return text.append("medicd did nothing to end it.").toString();
    }
    boolean cured = incident.state() == IncidentState.RECOVERED;
    Step last = acts.get(acts.size() - 1);
    text.append(cured ? "What cured it: " : "What medicd did last: ");
    return text.append(line(step(last))).append('.').toString();
  }

  /** What the rules tell people to do. */
  static Optional<String> advice(Incident incident) {
    Treatment treatment = incident.treatment();
    return treatment == null || incident.state().isClosed()
        ? Optional.empty()
        : treatment.rungs().stream()
            .map(Rung::action)
            .filter(action -> action.kind() == Action.Kind.PAGE && action.argument() != null)
            .findFirst()
            .map(action -> Escaped.line(String.valueOf(action.argument()), LONGEST_ADVICE));
  }

  static String headline(Notice notice) {
    return event(notice) + ", " + word(notice.incident().severity());
  }

  /** As: cpu-runaway opened: burner (pid 12, burner.service). */
  static String event(Notice notice) {
    Incident incident = notice.incident();
    return name(incident.diagnosis()) + " " + what(notice) + ": " + patient(incident);
  }

  static String what(Notice notice) {
    return switch (notice.kind()) {
      case OPENED -> "opened";
      case STEP -> "goes on";
      case REMINDER -> "is open still";
      case ASKED -> "waits for your answer";
      case EXHAUSTED -> "exhausted, nothing helped";
      case PAGED -> "needs a person";
      case CLOSED ->
          notice.incident().isRemark() ? "for your information" : word(notice.incident().state());
    };
  }

  static String patient(Incident incident) {
    Patient patient = incident.patient();
    String subject = name(patient.subject().toString());
    StringJoiner more = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (patient.comm() != null) {
      more.add(subject);
    }
    if (patient.subject() instanceof GroupId) {
      more.add(incident.members().size() + " processes");
    }
    if (patient.unit() != null && !subject.endsWith(name(patient.unit()))) {
      more.add(name(patient.unit()));
    }
    return (patient.comm() != null ? name(patient.comm()) : subject) + more;
  }

  static String step(Step step) {
    StringBuilder text = new StringBuilder(step.action().label());
    if (step.action().kind() == Action.Kind.PAGE) {
      return text.append(": ").append(step.words()).toString();
    }
    if (step.action().argument() != null && !text.toString().contains(":")) {
      text.append(' ').append(step.action().argument());
    }
    text.append(": ").append(step.words());
    if (step.detail() != null && !step.detail().isBlank()) {
      text.append(" (").append(step.detail()).append(')');
    }
    return text.toString();
  }

  static String next(Incident incident) {
    List<Step> steps = incident.steps();
    Treatment treatment = incident.treatment();
    if (!steps.isEmpty()
        && steps.get(steps.size() - 1).verdict() instanceof Verdict.AwaitingApproval) {
      String id = name(incident.id());
      return "Next: your answer, with medic approve " + id + " or medic deny " + id;
    } else if (treatment == null || treatment.rungs().isEmpty()) {
      return "Next: nothing, the rules prescribe no treatment.";
    } else if (incident.next() < 0 || incident.next() >= treatment.rungs().size()) {
      return "Next: nothing, no rung is left. It is up to you.";
    }
    return "Next: " + line(treatment.rungs().get(incident.next()).action().label());
  }

  static String mode(Notice notice) {
    Pause pause = notice.pause();
    if (pause != null) {
      return "PAUSED: medicd does nothing. It was " + line(pause.words()) + ". Go on: medic resume";
    }
    Mode mode = notice.mode().atMost(notice.incident().mode());
    return switch (mode) {
      case ACT -> "Mode act: medicd acts by itself.";
      case APPROVE -> "Mode approve: medicd asks before it disrupts.";
      case OBSERVE, SHADOW -> "Mode " + word(mode) + ": medicd changes nothing.";
    };
  }

  private static void list(StringBuilder text, String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append(":\n");
    items.stream().limit(MOST_LINES).forEach(i -> text.append("- ").append(line(i)).append('\n'));
    if (items.size() > MOST_LINES) {
      text.append("- and ").append(items.size() - MOST_LINES).append(" more\n");
    }
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String name(String name) {
    return Escaped.line(name, LONGEST_NAME);
  }

  static String line(String text) {
    return Escaped.line(text, LONGEST_LINE);
  }
}
