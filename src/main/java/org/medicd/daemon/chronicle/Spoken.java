package org.medicd.daemon.chronicle;

import java.util.List;
import java.util.Locale;
import org.medicd.notify.Escaped;
import org.medicd.plan.Happening;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Patient;
import org.medicd.plan.Step;

/** What happened, in words. */
final class Spoken {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST = 1_000;

  private Spoken() {}

  /** As: 20261201-020304-1 cpu-runaway opened: pid 12 (burner) of burner.service, because … */
  static String line(Happening happening) {
    Incident incident = happening.incident();
    Patient patient = incident.patient();
    StringBuilder line = new StringBuilder();
    line.append(incident.id()).append(' ').append(incident.diagnosis()).append(' ');
    line.append(state(happening)).append(": ").append(patient.subject());
    if (patient.comm() != null) {
      line.append(" (").append(patient.comm()).append(')');
    }
    if (patient.unit() != null && !patient.subject().toString().endsWith(patient.unit())) {
      line.append(" of ").append(patient.unit());
    }
    line.append(", ").append(happening.kind() == Happening.Kind.OPENED ? "because " : "");
    return Escaped.line(line.append(what(happening)).toString(), LONGEST);
  }

  private static String state(Happening happening) {
    return switch (happening.kind()) {
      case OPENED -> "opened";
      case TOLD -> "told";
      default -> word(happening.incident().state());
    };
  }

  /** What is new by it. */
  static String what(Happening happening) {
    Incident incident = happening.incident();
    return switch (happening.kind()) {
      case OPENED -> because(incident.because());
      case VERDICT, ASKED, OUTCOME ->
          happening.step().map(step -> rung(happening, step)).orElse("");
      case EXHAUSTED -> "nothing helped, it is up to people";
      case CLOSED -> String.valueOf(incident.closedBecause());
      case TOLD -> because(incident.because()) + "; " + incident.closedBecause();
    };
  }

  private static String because(List<String> because) {
    return String.join("; ", because);
  }

  private static String rung(Happening happening, Step step) {
    boolean ended = happening.kind() == Happening.Kind.OUTCOME;
    String words = ended ? step.words() : step.verdict().words();
    return step.action().label() + " " + words;
  }

  /** One word for it, as scripts look for: opened, rung, asked, exhausted, recovered … */
  static String word(Happening happening) {
    IncidentState state = happening.incident().state();
    return switch (happening.kind()) {
      case OPENED -> "opened";
      case VERDICT, OUTCOME -> "rung";
      case ASKED -> "asked";
      case EXHAUSTED -> "exhausted";
      case CLOSED -> word(state);
      case TOLD -> "told";
    };
  }

  private static String word(IncidentState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Without blanks: what a process calls itself must not look like what follows it. */
  static String name(String name) {
    return Escaped.line(name, LONGEST_NAME).replace(" ", "\\u{20}");
  }
}
