package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Standing;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mention;
import org.medicd.plan.Notice;
import org.medicd.plan.Step;

/**
 * Decides which changes of an incident people hear of: opened, a rung, in need of a person, closed;
 * and that it is open still.
 */
final class Announcer {
  private static final int MOST_REMEMBERED = 10_000;

  /**
   * What people hear.
   *
   * @param number of this announcement of the incident, from 0
   */
  record Announcement(Notice.Kind kind, int number) {}

  /**
   * What they heard.
   *
   * @param number how many announcements
   * @param asked the step that waits for a person; -1: none does
   * @param ladder how far the ladder had come
   */
  private record Told(
      int number, boolean called, int asked, boolean closed, int ladder, Duration at) {}

  private final Map<String, Told> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private final Set<String> hushed = new HashSet<>();

  /**
   * Takes what an earlier run of the daemon told already.
   *
   * @param mentions by incident
   * @param at the same as now by the wall clock, which may have been set back meanwhile
   */
  void restore(List<Incident> kept, Map<String, List<Mention>> mentions, Duration now, Instant at) {
    for (Incident incident : kept) {
      List<Mention> known = mentions.getOrDefault(incident.id(), List.of());
      if (!known.isEmpty()) {
        Duration age = Duration.between(known.get(known.size() - 1).at(), at);
        Duration last = age.isNegative() ? now : now.minus(age);
        told.put(incident.id(), told(incident, known.size(), last));
      }
    }
  }

  private static Told told(Incident incident, int number, Duration now) {
    return new Told(
        number,
        call(incident) != null,
        Standing.askedStep(incident),
        incident.state().isClosed(),
        ladder(incident),
        now);
  }

  /**
   * There is something to tell though nothing changed: it was silenced when there was, or it is
   * time to remind people.
   *
   * @param remind after so long; zero: never
   */
  boolean owes(Incident incident, Duration now, Duration remind) {
    return hushed.contains(incident.id()) || isReminderDue(incident, now, remind);
  }

  private boolean isReminderDue(Incident incident, Duration now, Duration remind) {
    Told before = told.get(incident.id());
    return before != null
        && !incident.state().isClosed()
        && !remind.isZero()
        && now.minus(before.at()).compareTo(remind) >= 0;
  }

  /**
   * What people are to hear of it now.
   *
   * @param silenced nobody is to be told of it now, but of the end of what they know of
   */
  Optional<Announcement> of(Incident incident, boolean silenced, Duration now, Duration remind) {
    Told before = told.get(incident.id());
    boolean closed = incident.state().isClosed();
    hushed.remove(incident.id());
    if (silenced && (before == null || !closed)) {
      if (!closed) {
        hushed.add(incident.id());
      }
      return Optional.empty();
    }
    Notice.Kind kind = kind(incident, before);
    if (kind == null && isReminderDue(incident, now, remind)) {
      kind = Notice.Kind.REMINDER;
    }
    if (kind == null) {
      return Optional.empty();
    }
    int number = before == null ? 0 : before.number();
    told.put(incident.id(), told(incident, number + 1, now));
    return Optional.of(new Announcement(kind, number));
  }

  private static Notice.@Nullable Kind kind(Incident incident, @Nullable Told before) {
    boolean closed = incident.state().isClosed();
    if (before == null || (before.closed() && !closed)) {
      return Notice.Kind.OPENED;
    } else if (closed) {
      return before.closed() ? null : Notice.Kind.CLOSED;
    }
    int asked = Standing.askedStep(incident);
    if (asked >= 0 && asked != before.asked()) {
      return Notice.Kind.ASKED;
    }
    Notice.Kind call = call(incident);
    if (call != null && !before.called()) {
      return call;
    }
    return ladder(incident) == before.ladder() ? null : Notice.Kind.STEP;
  }

  /** It was handed to a person, or nothing helped. */
  private static Notice.@Nullable Kind call(Incident incident) {
    return Standing.isPaged(incident)
        ? Notice.Kind.PAGED
        : incident.state() == IncidentState.EXHAUSTED ? Notice.Kind.EXHAUSTED : null;
  }

  /** Steps that began, and those that ended. */
  private static int ladder(Incident incident) {
    List<Step> steps = incident.steps();
    return steps.size() + (int) steps.stream().filter(each -> each.outcome() != null).count();
  }
}
