package org.medicd.notify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Letters of one channel that wait for their next try. What follows them about the same incidents
 * waits, too; the rest does not, until there are so many that it is the channel that fails. Not
 * safe for threads.
 */
final class Retries {
  /** With so many nothing else is tried. */
  static final int MOST = 3;

  private final List<Attempt> waiting = new ArrayList<>();
  private final Set<String> incidents = new HashSet<>();
  private final Set<String> threads = new HashSet<>();

  void add(Attempt attempt) {
    waiting.add(attempt);
    know();
  }

  private void know() {
    incidents.clear();
    threads.clear();
    for (Attempt each : waiting) {
      each.letter().notices().forEach(notice -> incidents.add(notice.incident().id()));
      if (each.letter().thread() != null) {
        threads.add(each.letter().thread());
      }
    }
  }

  boolean isFull() {
    return waiting.size() >= MOST;
  }

  /**
   * Whether what is said about that incident must wait for one of these.
   *
   * @param thread in which it would be said; null: in one of its own
   */
  boolean hold(String incident, @Nullable String thread) {
    return incidents.contains(incident) || (thread != null && threads.contains(thread));
  }

  /** The next that may be tried, if there is one. */
  @Nullable Attempt takeDue(long nowNanos) {
    for (Attempt each : waiting) {
      if (each.nextNanos() <= nowNanos) {
        waiting.remove(each);
        know();
        return each;
      }
    }
    return null;
  }

  /** When the next may be tried. */
  long dueNanos() {
    return waiting.stream().mapToLong(Attempt::nextNanos).min().orElse(Outbox.NEVER);
  }

  /** Lets all be tried now. */
  void hurry(long nowNanos) {
    waiting.replaceAll(each -> each.again(nowNanos));
  }

  List<Letter> takeAll() {
    List<Letter> all = waiting.stream().map(Attempt::letter).toList();
    waiting.clear();
    know();
    return all;
  }

  /** Ids of the notices that are told by them. */
  Set<String> covers() {
    Set<String> covers = new HashSet<>();
    waiting.forEach(each -> covers.addAll(each.letter().covers()));
    return covers;
  }

  /** How many notices are told by them. */
  int notices() {
    return waiting.stream().mapToInt(each -> each.letter().covers().size()).sum();
  }
}
