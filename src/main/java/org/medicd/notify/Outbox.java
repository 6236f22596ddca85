package org.medicd.notify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Pace;
import org.medicd.plan.Notice;
import org.medicd.plan.Unsent;

/**
 * What waits for one channel, and which letter is made of it next. Incidents of one diagnosis that
 * begin one soon after the other are told of together; what is known of an incident by now is told
 * at once; where there are too many letters, what waits is a digest. A letter that failed is tried
 * before what follows it. Times are monotonic. Not safe for threads.
 */
final class Outbox {
  static final long NEVER = Long.MAX_VALUE;
  private static final long QUIET_RECHECK = Duration.ofSeconds(30).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private Pace pace;
  private Predicate<Notice> quiet;
  private final Conversations conversations = new Conversations();
  private final Composer composer = new Composer(conversations);
  private final Backlog backlog = new Backlog();
  private final Retries retries = new Retries();

  /** When the letters of the last minute went. */
  private final Deque<Long> sent = new ArrayDeque<>();

  /**
   * @param quiet whether nobody is to be disturbed with it now
   */
  Outbox(Pace pace, Predicate<Notice> quiet) {
    this.pace = pace;
    this.quiet = quiet;
  }

  /** Goes on with other settings. */
  void follow(Pace otherPace, Predicate<Notice> otherQuiet) {
    pace = otherPace;
    quiet = otherQuiet;
  }

  /**
   * Takes what an earlier run of the daemon left: it comes before what was added since, and the
   * disk may have that too. A letter that was tried is made up alike.
   *
   * @param threads where incidents were told of
   */
  void restore(List<Unsent.Item> left, Map<String, Unsent.Thread> threads, long nowNanos) {
    conversations.restore(threads, nowNanos);
    Map<String, List<Notice>> tried = new LinkedHashMap<>();
    List<Untold> untold = new ArrayList<>();
    Set<String> retried = retries.covers();
    for (Unsent.Item item : left) {
      if (retried.contains(item.notice().id())) {
        continue;
      } else if (item.letter() == null) {
        untold.add(Untold.of(item.notice(), nowNanos));
      } else {
        tried.computeIfAbsent(item.letter(), key -> new ArrayList<>()).add(item.notice());
      }
    }
    backlog.addBefore(untold);
    tried.forEach(
        (key, told) -> retry(Attempt.first(composer.again(key, told), nowNanos, nowNanos)));
  }

  void add(Notice notice, long nowNanos) {
    backlog.add(Untold.of(notice, nowNanos));
  }

  /** Ids of notices that are counted, and whose ids are not kept; once. */
  List<String> takeForgotten() {
    return backlog.counted().takeForgotten();
  }

  /** How many notices wait. */
  int size() {
    return backlog.size() + retries.notices();
  }

  /**
   * When to ask for a letter; {@link #NEVER}: not before something is added. In a storm that is at
   * the end of a minute, or as soon as there may be letters again.
   */
  long dueNanos(long nowNanos) {
    return retries.isFull()
        ? retries.dueNanos()
        : Math.min(retries.dueNanos(), newDueNanos(nowNanos));
  }

  private long newDueNanos(long nowNanos) {
    List<Untold> ready = ready(nowNanos);
    if (ready.isEmpty()) {
      return backlog.isEmpty() ? NEVER : nowNanos + QUIET_RECHECK;
    } else if (isStorm(ready, nowNanos)) {
      long calmer = sent.isEmpty() ? NEVER : sent.getFirst() + MINUTE;
      return Math.min(digestNanos(ready), calmer);
    }
    return ready.stream().mapToLong(each -> dueNanos(each, nowNanos)).min().orElse(NEVER);
  }

  /** Those with which people may be disturbed now, and which follow nothing that is to be told. */
  private List<Untold> ready(long nowNanos) {
    return backlog.all().stream()
        .filter(each -> !quiet.test(each.notice()))
        .filter(
            each -> {
              Conversations.Conversation where = whereOf(each, nowNanos);
              return !retries.hold(each.incident().id(), where == null ? null : where.thread());
            })
        .toList();
  }

  /** Where it is told of, or where others of its cause just were; null: nowhere yet. */
  private Conversations.@Nullable Conversation whereOf(Untold untold, long nowNanos) {
    Conversations.Conversation known = conversations.of(untold.incident().id());
    return known != null
        ? known
        : conversations.ofCause(untold.incident(), nowNanos, pace.groupInterval());
  }

  private long dueNanos(Untold untold, long nowNanos) {
    Conversations.Conversation known = conversations.of(untold.incident().id());
    if (known == null) {
      Conversations.Conversation joined = whereOf(untold, nowNanos);
      long due = untold.sinceNanos() + pace.groupWait().toNanos();
      return joined == null || untold.calls() ? due : Math.max(due, joined.growsNanos(pace));
    }
    Duration pause = untold.calls() ? pace.groupWait() : pace.groupInterval();
    return known.isOfMany()
        ? Math.max(untold.sinceNanos(), known.lastNanos() + pause.toNanos())
        : untold.sinceNanos();
  }

  /** The next letter, if one is due. */
  @Nullable Attempt take(long nowNanos) {
    Attempt again = retries.takeDue(nowNanos);
    if (again != null || retries.isFull()) {
      return again;
    }
    while (!sent.isEmpty() && nowNanos - sent.getFirst() >= MINUTE) {
      sent.removeFirst();
    }
    List<Untold> ready = ready(nowNanos);
    if (ready.isEmpty()) {
      return null;
    } else if (isStorm(ready, nowNanos)) {
      return digestNanos(ready) <= nowNanos ? digest(ready, nowNanos) : null;
    }
    return ready.stream()
        .filter(each -> dueNanos(each, nowNanos) <= nowNanos)
        .findFirst()
        .map(first -> letter(first, ready, nowNanos))
        .orElse(null);
  }

  private long digestNanos(List<Untold> ready) {
    return sinceNanos(ready) + MINUTE;
  }

  private long sinceNanos(List<Untold> ready) {
    return backlog.counted().isEmpty() ? ready.get(0).sinceNanos() : backlog.counted().sinceNanos();
  }

  /** The next letter, whether it is due or not: nothing waits any longer, but what is quiet. */
  @Nullable Attempt takeAny(long nowNanos) {
    Attempt again = retries.takeDue(NEVER - 1);
    List<Untold> ready = ready(nowNanos);
    if (again != null || ready.isEmpty()) {
      return again;
    }
    return isStorm(ready, nowNanos)
        ? digest(ready, nowNanos)
        : letter(ready.get(0), ready, nowNanos);
  }

  /** There would be too many letters if each cause was told by itself. */
  private boolean isStorm(List<Untold> ready, long nowNanos) {
    long letters = ready.stream().map(each -> groupOf(each, nowNanos)).distinct().count();
    return !backlog.counted().isEmpty() || sent.size() + letters > pace.mostPerMinute();
  }

  /** What is told by one letter. */
  private List<Object> groupOf(Untold untold, long nowNanos) {
    Conversations.Conversation where = whereOf(untold, nowNanos);
    return where != null ? List.of(where) : Conversations.causeOf(untold.incident());
  }

  private Attempt letter(Untold first, List<Untold> ready, long nowNanos) {
    List<Object> group = groupOf(first, nowNanos);
    List<Untold> those =
        ready.stream().filter(each -> groupOf(each, nowNanos).equals(group)).toList();
    Letter letter = composer.letter(those, whereOf(first, nowNanos));
    backlog.remove(those);
    return Attempt.first(letter, first.sinceNanos(), nowNanos);
  }

  private Attempt digest(List<Untold> ready, long nowNanos) {
    long since = sinceNanos(ready);
    Letter digest = composer.digest(ready, backlog.counted());
    backlog.remove(ready);
    backlog.counted().clear();
    return Attempt.first(digest, since, nowNanos);
  }

  /** All that waits, due or not. */
  List<Letter> takeAll(long nowNanos) {
    List<Letter> all = new ArrayList<>(retries.takeAll());
    if (!backlog.isEmpty()) {
      all.add(digest(backlog.all(), nowNanos).letter());
    }
    return all;
  }

  /** Whether people were told of that incident. */
  boolean hasTold(String incident) {
    return conversations.of(incident) != null;
  }

  /** Whether nobody is to be disturbed with it now. */
  boolean isQuiet(Notice notice) {
    return quiet.test(notice);
  }

  /** It failed, and is to be tried again. */
  void retry(Attempt attempt) {
    retries.add(attempt);
  }

  /** What failed may be tried now. */
  void hurry(long nowNanos) {
    retries.hurry(nowNanos);
  }

  /**
   * The letter went.
   *
   * @param thread what the channel calls it
   */
  void delivered(Letter letter, String thread, long nowNanos) {
    sent.addLast(nowNanos);
    conversations.delivered(letter, thread, nowNanos);
  }
}
