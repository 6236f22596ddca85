package org.medicd.notify;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Pace;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Unsent;

/**
 * Which thread of a channel each incident is told of in. Incidents of one cause share one. Not safe
 * for threads.
 */
final class Conversations {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_DOUBLED = 10;

  /** The messages about one incident, or about several of one cause. */
  static final class Conversation {
    private final String thread;
    private final Set<String> incidents = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private long lastNanos;
    private int letters = 1;

    private Conversation(String thread, long lastNanos) {
      this.thread = thread;
      this.lastNanos = lastNanos;
    }

    /** What the channel calls its first message. */
    String thread() {
      return thread;
    }

    boolean isOfMany() {
      return incidents.size() > 1;
    }

    /** Whether all is over, once people know of these. */
    boolean isOverWith(List<Notice> told) {
      Set<String> left = new HashSet<>(open);
      told.forEach(each -> left.remove(each.incident().id()));
      return left.isEmpty() && areOver(told);
    }

    /** When the last letter went. */
    long lastNanos() {
      return lastNanos;
    }

    /** When it may be told that it is about more incidents: less and less often. */
    long growsNanos(Pace pace) {
      long pause = pace.groupWait().toNanos() << Math.min(letters, MOST_DOUBLED);
      return lastNanos + Math.min(pause, pace.groupInterval().toNanos());
    }

    private boolean isAliveAt(long nowNanos, Duration interval) {
      return isOfMany() && !open.isEmpty() && nowNanos - lastNanos < interval.toNanos();
    }
  }

  private final Map<String, Conversation> byIncident =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Conversation> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private final Map<List<Object>, Conversation> byCause = new HashMap<>();

  /** What is the same for all that is told of together. */
  static List<Object> causeOf(Incident incident) {
    return List.of(incident.diagnosis(), incident.severity());
  }

  /**
   * Where several others of its cause were told of just now, some of which are open.
   *
   * @param interval without a letter for so long it is not joined any more
   */
  @Nullable Conversation ofCause(Incident incident, long nowNanos, Duration interval) {
    Conversation latest = byCause.get(causeOf(incident));
    return latest != null && latest.isAliveAt(nowNanos, interval) ? latest : null;
  }

  static boolean areOver(List<Notice> told) {
    return told.stream().allMatch(each -> each.incident().state().isClosed());
  }

  @Nullable Conversation of(String incident) {
    return byIncident.get(incident);
  }

  /**
   * Threads in which nothing is left open once these are told of elsewhere.
   *
   * @param where in which they are told of; null: in a new one
   */
  List<String> emptiedBy(List<Notice> told, @Nullable Conversation where) {
    Set<String> moved = told.stream().map(each -> each.incident().id()).collect(Collectors.toSet());
    Set<String> emptied = new LinkedHashSet<>();
    for (Notice notice : told) {
      Conversation before = of(notice.incident().id());
      if (before != null && before != where && moved.containsAll(before.open)) {
        emptied.add(before.thread());
      }
    }
    return List.copyOf(emptied);
  }

  /**
   * An earlier run of the daemon told of these. What this one told since stands.
   *
   * @param threads by incident
   */
  void restore(Map<String, Unsent.Thread> threads, long nowNanos) {
    Map<String, Conversation> known = new HashMap<>();
    threads.forEach(
        (incident, thread) -> {
          if (of(incident) == null) {
            Conversation conversation =
                known.computeIfAbsent(thread.name(), name -> new Conversation(name, nowNanos));
            join(incident, thread.over(), conversation);
          }
        });
  }

  /**
   * A letter went.
   *
   * @param thread what the channel calls it
   */
  void delivered(Letter letter, String thread, long nowNanos) {
    Conversation known = called(thread, letter);
    Conversation conversation = known != null ? known : new Conversation(thread, nowNanos);
    conversation.lastNanos = nowNanos;
    conversation.letters += known != null ? 1 : 0;
    if (!letter.digest()) {
      byCause.put(causeOf(letter.first().incident()), conversation);
    }
    for (Notice notice : letter.notices()) {
      join(notice.incident().id(), notice.incident().state().isClosed(), conversation);
    }
  }

  /** The conversation that a letter follows; null: it begins one. */
  private @Nullable Conversation called(String thread, Letter letter) {
    return Stream.concat(
            letter.notices().stream().map(each -> of(each.incident().id())),
            Stream.of(byCause.get(causeOf(letter.first().incident()))))
        .filter(each -> each != null && each.thread.equals(thread))
        .findFirst()
        .orElse(null);
  }

  /** An incident is told of in one conversation: the last one. */
  private void join(String incident, boolean over, Conversation conversation) {
    Conversation before = byIncident.put(incident, conversation);
    if (before != null && before != conversation) {
      before.incidents.remove(incident);
      before.open.remove(incident);
    }
    conversation.incidents.add(incident);
    if (over) {
      conversation.open.remove(incident);
    } else {
      conversation.open.add(incident);
    }
  }
}
