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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Pace;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Unsent;

/**
 * What waits for one channel, and which letter is made of it next. Incidents of one diagnosis that
 * begin at the same time are one letter; what is known of an incident by now is told at once; where
 * there are too many letters, what waits is a digest. Times are monotonic. Not safe for threads.
 */
final class Outbox {
  static final long NEVER = Long.MAX_VALUE;
  private static final long QUIET_RECHECK = Duration.ofSeconds(30).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /** Beyond these, incidents are counted only. */
  static final int MOST_WAITING = 1_000;

  /**
   * A notice that waits.
   *
   * @param letter key of the letter that an earlier run of the daemon tried to tell it by; null:
   *     none
   */
  private record Entry(Notice notice, long sinceNanos, @Nullable String letter) {
    String incident() {
      return notice.incident().id();
    }
  }

  private Pace pace;
  private Predicate<Notice> quiet;
  private final Conversations conversations = new Conversations();
  private final List<Entry> waiting = new ArrayList<>();
  private final Map<String, Integer> counted = new LinkedHashMap<>();
  private final List<String> countedIds = new ArrayList<>();
  private long countedNanos;

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
   * disk may have that too.
   *
   * @param threads where incidents were told of
   */
  void restore(List<Unsent.Item> left, Map<String, Unsent.Thread> threads, long nowNanos) {
    conversations.restore(threads, nowNanos);
    Set<String> added =
        waiting.stream().map(each -> each.notice().id()).collect(Collectors.toSet());
    waiting.addAll(
        0,
        left.stream()
            .filter(each -> !added.contains(each.notice().id()))
            .map(each -> new Entry(each.notice(), nowNanos, each.letter()))
            .toList());
    shrink();
  }

  void add(Notice notice, long nowNanos) {
    waiting.add(new Entry(notice, nowNanos, null));
    shrink();
  }

  private void shrink() {
    while (waiting.size() > MOST_WAITING) {
      Entry oldest = waiting.remove(0);
      countedNanos = counted.isEmpty() ? oldest.sinceNanos() : countedNanos;
      counted.merge(oldest.notice().incident().diagnosis(), 1, Integer::sum);
      countedIds.add(oldest.notice().id());
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty() && counted.isEmpty();
  }

  /** How many notices wait. */
  int size() {
    return waiting.size() + countedIds.size();
  }

  /**
   * When to ask for a letter; {@link #NEVER}: not before something is added. In a storm that is at
   * the end of a minute, or as soon as there may be letters again.
   */
  long dueNanos(long nowNanos) {
    List<Entry> awake = awake();
    if (awake.isEmpty()) {
      return isEmpty() ? NEVER : nowNanos + QUIET_RECHECK;
    } else if (isStorm(awake)) {
      long calmer = sent.isEmpty() ? NEVER : sent.getFirst() + MINUTE;
      return Math.min(digestNanos(awake), calmer);
    }
    return awake.stream().mapToLong(this::dueNanos).min().orElse(NEVER);
  }

  /** Those with which people may be disturbed now. */
  private List<Entry> awake() {
    return waiting.stream().filter(each -> !quiet.test(each.notice())).toList();
  }

  private long dueNanos(Entry entry) {
    Conversations.Conversation known = conversations.of(entry.incident());
    if (entry.letter() != null) {
      return entry.sinceNanos();
    } else if (known == null) {
      return entry.sinceNanos() + pace.groupWait().toNanos();
    }
    return known.isOfMany()
        ? Math.max(entry.sinceNanos(), known.lastNanos() + pace.groupInterval().toNanos())
        : entry.sinceNanos();
  }

  /** The next letter, if one is due. */
  @Nullable Letter take(long nowNanos) {
    while (!sent.isEmpty() && nowNanos - sent.getFirst() >= MINUTE) {
      sent.removeFirst();
    }
    List<Entry> awake = awake();
    if (awake.isEmpty()) {
      return null;
    } else if (isStorm(awake)) {
      return digestNanos(awake) <= nowNanos ? digest(awake) : null;
    }
    return awake.stream()
        .filter(each -> dueNanos(each) <= nowNanos)
        .findFirst()
        .map(first -> letter(first, awake))
        .orElse(null);
  }

  private long digestNanos(List<Entry> awake) {
    return (counted.isEmpty() ? awake.get(0).sinceNanos() : countedNanos) + MINUTE;
  }

  /** The next letter, whether it is due or not: nothing waits any longer, but what is quiet. */
  @Nullable Letter takeAny() {
    List<Entry> awake = awake();
    if (awake.isEmpty()) {
      return null;
    }
    return isStorm(awake) ? digest(awake) : letter(awake.get(0), awake);
  }

  /** There would be too many letters if each cause was told by itself. */
  private boolean isStorm(List<Entry> awake) {
    long letters = awake.stream().map(this::groupOf).distinct().count();
    return !counted.isEmpty() || sent.size() + letters > pace.mostPerMinute();
  }

  /** What is told by one letter. */
  private List<Object> groupOf(Entry entry) {
    Conversations.Conversation known = conversations.of(entry.incident());
    Incident incident = entry.notice().incident();
    if (entry.letter() != null) {
      return List.of(entry.letter());
    } else if (known != null) {
      return List.of(known);
    }
    return List.of(incident.diagnosis(), incident.severity());
  }

  private Letter letter(Entry first, List<Entry> awake) {
    List<Object> group = groupOf(first);
    List<Entry> those = awake.stream().filter(each -> groupOf(each).equals(group)).toList();
    waiting.removeAll(those);
    Conversations.Conversation known = conversations.of(first.incident());
    List<String> covers = those.stream().map(each -> each.notice().id()).toList();
    String key = first.letter() != null ? first.letter() : Letter.keyOf(covers);
    List<Notice> notices = latest(those);
    return new Letter(
        key,
        notices,
        Map.of(),
        known == null ? null : known.thread(),
        false,
        known == null ? Conversations.areOver(notices) : known.isOverWith(notices),
        covers,
        conversations.emptiedBy(notices, known));
  }

  /** All that waits, due or not, in one letter; null: nothing does. */
  @Nullable Letter takeAll() {
    return isEmpty() ? null : digest(List.copyOf(waiting));
  }

  private Letter digest(List<Entry> awake) {
    List<String> covers = new ArrayList<>(countedIds);
    awake.forEach(each -> covers.add(each.notice().id()));
    List<Notice> notices = latest(awake);
    List<String> emptied = conversations.emptiedBy(notices, null);
    Letter digest =
        new Letter(Letter.keyOf(covers), notices, counted, null, true, false, covers, emptied);
    waiting.removeAll(awake);
    counted.clear();
    countedIds.clear();
    return digest;
  }

  /** Whether people were told of that incident. */
  boolean hasTold(String incident) {
    return conversations.of(incident) != null;
  }

  /** Whether nobody is to be disturbed with it now. */
  boolean isQuiet(Notice notice) {
    return quiet.test(notice);
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

  /** What is known of each incident by now, in order of first mention. */
  private static List<Notice> latest(List<Entry> entries) {
    Map<String, Notice> latest = new LinkedHashMap<>();
    entries.forEach(each -> latest.merge(each.incident(), each.notice(), Notice::followedBy));
    return List.copyOf(latest.values());
  }
}
