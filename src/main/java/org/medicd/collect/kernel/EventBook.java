package org.medicd.collect.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEvent;
import org.medicd.fact.KernelEventKind;
import org.medicd.linux.kmsg.KernelMessage;
import org.medicd.linux.kmsg.LogRecord;
import org.medicd.linux.kmsg.OomKill;

/**
 * The events that are told at the moment. What is told again of one subject is counted; of one kind
 * only so many subjects are told apart, all others are one event without a subject.
 */
final class EventBook {
  private static final int MOST_SUBJECTS = 16;

  /** How a kind ends another of the same subject. */
  private static final Map<KernelEventKind, KernelEventKind> ENDS =
      Map.of(
          KernelEventKind.SERVER_OK, KernelEventKind.SERVER_NOT_RESPONDING,
          KernelEventKind.SERVER_NOT_RESPONDING, KernelEventKind.SERVER_OK,
          KernelEventKind.LINK_UP, KernelEventKind.LINK_DOWN,
          KernelEventKind.LINK_DOWN, KernelEventKind.LINK_UP);

  /** What makes two records tell of the same: the pid of a victim of the killer does not. */
  private record Subject(
      KernelEventKind kind,
      @Nullable Integer pid,
      @Nullable String comm,
      @Nullable String device,
      @Nullable String server,
      @Nullable String cgroup) {
    static Subject of(KernelMessage message, @Nullable String cgroup) {
      boolean task = message.kind() == KernelEventKind.HUNG_TASK;
      return new Subject(
          message.kind(),
          task ? message.pid() : null,
          message.comm(),
          message.device(),
          message.server(),
          cgroup);
    }

    static Subject ofOthers(KernelEventKind kind) {
      return new Subject(kind, null, null, null, null, null);
    }

    Subject with(KernelEventKind other) {
      return new Subject(other, pid, comm, device, server, cgroup);
    }
  }

  private final long toldNanos;
  private final Map<Subject, ToldEvent> events = new LinkedHashMap<>();
  private final Map<KernelEventKind, Integer> subjects = new HashMap<>();
  private @Nullable OomKill chosen;

  EventBook(Duration told) {
    toldNanos = told.toNanos();
  }

  void take(LogRecord entry, Dating dating) {
    OomKill kill = OomKill.parse(entry.text());
    if (kill != null) {
      chosen = kill;
      return;
    }
    KernelMessage message = KernelMessage.parse(entry.text());
    if (message == null || dating.nowNanos() - dating.nanos(entry.micros()) > toldNanos) {
      return;
    }
    OomKill oom = choice(message);
    Subject subject = Subject.of(message, oom != null ? oom.cgroup() : message.cgroup());
    KernelEventKind ended = ENDS.get(message.kind());
    if (ended != null) {
      forget(subject.with(ended));
    }
    ToldEvent event = events.get(subject);
    if (event == null) {
      event = add(subject, entry, message, oom);
    }
    event.tell(entry, message, dating);
  }

  /** With memory.oom.group one choice is followed by many kills; the group is the same. */
  private @Nullable OomKill choice(KernelMessage message) {
    OomKill kill = chosen;
    Integer pid = message.pid();
    boolean mine =
        switch (message.kind()) {
          case OOM_KILL -> kill != null && pid != null && kill.pid() == pid;
          case CGROUP_OOM_KILL ->
              kill != null && (kill.limitedBy() != null || pid != null && kill.pid() == pid);
          default -> false;
        };
    return mine ? kill : null;
  }

  private ToldEvent add(
      Subject subject, LogRecord entry, KernelMessage message, @Nullable OomKill oom) {
    int known = subjects.getOrDefault(subject.kind(), 0);
    if (known < MOST_SUBJECTS) {
      subjects.merge(subject.kind(), 1, Integer::sum);
      ToldEvent event = ToldEvent.of(entry, message, oom);
      events.put(subject, event);
      return event;
    }
    return events.computeIfAbsent(
        Subject.ofOthers(subject.kind()), others -> ToldEvent.ofOthers(entry, message.kind()));
  }

  private void forget(Subject subject) {
    ToldEvent event = events.remove(subject);
    if (event != null && event.isOfOneSubject()) {
      subjects.computeIfPresent(subject.kind(), (kind, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** Those that were told within the while; the same object where nothing came to it. */
  List<KernelEvent> events(long nowNanos) {
    List<Subject> over = new ArrayList<>();
    List<KernelEvent> told = new ArrayList<>(events.size());
    events.forEach(
        (subject, event) -> {
          if (nowNanos - event.lastNanos() > toldNanos) {
            over.add(subject);
          } else {
            told.add(event.fact());
          }
        });
    over.forEach(this::forget);
    return told;
  }
}
