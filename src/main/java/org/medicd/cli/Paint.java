package org.medicd.cli;

import org.medicd.plan.IncidentState;
import org.medicd.plan.Severity;

/** Colours for a terminal; plain where they are off. */
record Paint(boolean on) {
  String of(Severity severity, String text) {
    return switch (severity) {
      case CRITICAL -> sgr("1;31", text);
      case WARNING -> sgr("33", text);
      case INFO -> text;
    };
  }

  String of(IncidentState state, String text) {
    return switch (state) {
      case EXHAUSTED -> sgr("31", text);
      case RECOVERED -> sgr("32", text);
      case OPEN, TREATING, VANISHED, WITHDRAWN -> text;
    };
  }

  /** What must not be overlooked. */
  String alarm(String text) {
    return sgr("1;31", text);
  }

  String heading(String text) {
    return sgr("1", text);
  }

  private String sgr(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
