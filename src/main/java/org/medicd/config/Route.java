package org.medicd.config;

import java.util.List;
import org.medicd.plan.Incident;
import org.medicd.plan.Severity;

/**
 * Who is told of some incidents.
 *
 * @param match which, as {@link IncidentMatch} reads it; empty: all
 * @param atLeast what matters less is not for this route
 * @param to names of channels; none: nobody is told
 */
public record Route(List<String> match, Severity atLeast, List<String> to) {
  public Route {
    match = List.copyOf(match);
    to = List.copyOf(to);
  }

  /** Whether it is for this one. */
  public boolean isFor(Incident incident) {
    return incident.severity().compareTo(atLeast) >= 0
        && (match.isEmpty()
            || IncidentMatch.parse(match)
                .matches(incident.diagnosis(), incident.rule(), incident.patient()));
  }
}
