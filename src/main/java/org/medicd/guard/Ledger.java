package org.medicd.guard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Intent;
import org.medicd.plan.Patient;

/**
 * Counts treatments. Other threads may ask what the guards would say, so each method holds the
 * lock. Times are the daemon's monotonic ones; older treatments lie before zero.
 */
public final class Ledger {
  private static final Duration DOUBLED_FOR = Duration.ofHours(24);
  private static final int MOST_ENTRIES = 10_000;

  /**
   * One treatment.
   *
   * @param at when
   * @param subject lineage, or the subject where it has none
   * @param rule that diagnosed
   * @param unit that owned the subject; null without one
   */
  record Entry(Duration at, Object subject, String rule, @Nullable String unit) {}

  /**
   * What one subject has been through.
   *
   * @param treatments in the last 24 hours
   * @param last when the latest was; null: never
   */
  record History(int treatments, @Nullable Duration last) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  private @Nullable Duration brokenUntil;
  private @Nullable Duration pardonedAt;

  /** Nothing is to be treated until then. */
  synchronized void trip(Duration until) {
    brokenUntil = until;
  }

  /** For how much longer nothing is to be treated; null: it is not so. */
  synchronized @Nullable Duration brokenFor(Duration now) {
    return brokenUntil == null || now.compareTo(brokenUntil) >= 0 ? null : brokenUntil.minus(now);
  }

  /** A person has looked: what the host's budget counts begins anew. */
  synchronized void pardon(Duration now) {
    brokenUntil = null;
    pardonedAt = now;
  }

  /** How many treatments the host had since then, and since a person looked. */
  synchronized long countOfHost(Duration since) {
    Duration from = pardonedAt != null && pardonedAt.compareTo(since) > 0 ? pardonedAt : since;
    return countSince(from, entry -> true);
  }

  synchronized void charge(Intent intent, Duration now) {
    remember(intent.patient(), intent.rule(), now);
  }

  /** Enters a treatment of an earlier run of the daemon, so long ago. */
  public synchronized void remember(Patient patient, String rule, Duration at) {
    entries.add(new Entry(at, key(patient), rule, patient.unit()));
    if (entries.size() > MOST_ENTRIES) {
      entries.removeFirst();
    }
  }

  synchronized History of(Patient patient, Duration now) {
    Object key = key(patient);
    int count = 0;
    Duration last = null;
    for (Entry entry : entries) {
      if (entry.subject().equals(key)) {
        count += entry.at().compareTo(now.minus(DOUBLED_FOR)) >= 0 ? 1 : 0;
        last = last == null || entry.at().compareTo(last) > 0 ? entry.at() : last;
      }
    }
    return new History(count, last);
  }

  synchronized long countSince(Duration since, Predicate<Entry> which) {
    return entries.stream().filter(entry -> entry.at().compareTo(since) >= 0).filter(which).count();
  }

  private static Object key(Patient patient) {
    return patient.lineage() != null ? patient.lineage() : patient.subject();
  }
}
