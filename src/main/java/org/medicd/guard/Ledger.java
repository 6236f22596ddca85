package org.medicd.guard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Intent;
import org.medicd.plan.Patient;

/** Counts treatments. Times are the daemon's monotonic ones; older treatments lie before zero. */
public final class Ledger {
  private static final Duration KEPT = Duration.ofHours(24);

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

  void charge(Intent intent, Duration now) {
    remember(intent.patient(), intent.rule(), now);
  }

  /** Enters a treatment of an earlier run of the daemon, so long ago. */
  public void remember(Patient patient, String rule, Duration at) {
    entries.add(new Entry(at, key(patient), rule, patient.unit()));
    entries.removeIf(entry -> entry.at().compareTo(at.minus(KEPT)) < 0);
  }

  History of(Patient patient) {
    Object key = key(patient);
    int count = 0;
    Duration last = null;
    for (Entry entry : entries) {
      if (entry.subject().equals(key)) {
        count++;
        last = last == null || entry.at().compareTo(last) > 0 ? entry.at() : last;
      }
    }
    return new History(count, last);
  }

  long countSince(Duration since, Predicate<Entry> which) {
    return entries.stream().filter(entry -> entry.at().compareTo(since) >= 0).filter(which).count();
  }

  private static Object key(Patient patient) {
    return patient.lineage() != null ? patient.lineage() : patient.subject();
  }
}
