package org.medicd.daemon;

import java.lang.System.Logger.Level;
import org.medicd.notify.Escaped;
import org.medicd.plan.Incident;
import org.medicd.plan.Step;

/** The log line of a change: when, what, about whom, and how the last rung went. */
final class Spoken {
  private static final System.Logger LOG = System.getLogger("org.medicd.incident");

  private Spoken() {}

  static void log(Incident incident) {
    StringBuilder line = new StringBuilder();
    line.append(incident.id()).append(' ').append(incident.diagnosis()).append(' ');
    line.append(incident.state().name().toLowerCase(java.util.Locale.ROOT)).append(": ");
    line.append(incident.patient().subject());
    if (incident.patient().comm() != null) {
      line.append(" (").append(Escaped.line(incident.patient().comm(), 64)).append(')');
    }
    if (incident.patient().unit() != null) {
      line.append(" of ").append(incident.patient().unit());
    }
    if (incident.steps().isEmpty()) {
      line.append(", because ").append(String.join("; ", incident.because()));
    } else if (!incident.state().isClosed()) {
      Step last = incident.steps().get(incident.steps().size() - 1);
      line.append(", ").append(last.action().label()).append(' ').append(last.words());
    }
    if (incident.closedBecause() != null) {
      line.append(", ").append(incident.closedBecause());
    }
    LOG.log(incident.state().isClosed() ? Level.INFO : Level.WARNING, line.toString());
  }
}
