package org.medicd.daemon;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Notice;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Outcome;

/** Decides which changes of an incident people hear of: opened, in need of a person, closed. */
final class Announcer {
  private static final int MOST_REMEMBERED = 10_000;

  private record Told(boolean called, boolean closed) {}

  private final Map<String, Told> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private final Set<String> hushed = new HashSet<>();

  /** Takes what an earlier run of the daemon told already. */
  void restore(List<Incident> kept) {
    kept.forEach(
        each -> told.put(each.id(), new Told(needsPerson(each) != null, each.state().isClosed())));
  }

  /** It was silenced when there was something to tell, and is still open. */
  boolean owes(Incident incident) {
    return hushed.contains(incident.id());
  }

  /**
   * @param silenced nobody is to be told of it now, but of the end of what they know of
   */
  Optional<Notice.Kind> of(Incident incident, boolean silenced) {
    Told before = told.get(incident.id());
    boolean closed = incident.state().isClosed();
    hushed.remove(incident.id());
    if (silenced && (before == null || !closed)) {
      if (!closed) {
        hushed.add(incident.id());
      }
      return Optional.empty();
    }
    Notice.Kind call = needsPerson(incident);
    told.put(incident.id(), new Told(call != null, closed));
    if (before == null || (before.closed() && !closed)) {
      return Optional.of(Notice.Kind.OPENED);
    }
    if (closed && !before.closed()) {
      return Optional.of(Notice.Kind.CLOSED);
    }
    return call != null && !before.called() && !closed ? Optional.of(call) : Optional.empty();
  }

  private static Notice.@Nullable Kind needsPerson(Incident incident) {
    boolean paged =
        incident.steps().stream()
            .anyMatch(
                step ->
                    step.action().kind() == Action.Kind.PAGE
                        && step.outcome() instanceof Outcome.Done);
    return paged
        ? Notice.Kind.PAGED
        : incident.state() == IncidentState.EXHAUSTED ? Notice.Kind.EXHAUSTED : null;
  }
}
