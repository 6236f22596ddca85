package org.medicd.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.medicd.plan.Incident;

/**
 * Snapshots that wait for the disk, oldest first, never more than a limit. When it is reached, only
 * the newest of each incident stays (it holds all that came before); when that is not enough, the
 * oldest goes. Not safe for threads.
 */
final class Pending {
  /** What waits. */
  sealed interface Entry {}

  /** An incident as it was then. */
  record Change(Incident incident, Instant at) implements Entry {}

  /** A line of the audit trail about medicd itself. */
  record Note(Instant at, String what, String detail) implements Entry {}

  private final int limit;
  private List<Entry> entries = new ArrayList<>();
  private long lost;

  Pending(int limit) {
    this.limit = limit;
  }

  void add(Entry entry) {
    entries.add(entry);
    shrink();
  }

  /** All that waits, to be written. */
  List<Entry> takeAll() {
    List<Entry> taken = entries;
    entries = new ArrayList<>();
    return List.copyOf(taken);
  }

  /** What could not be written comes before what has arrived since. */
  void putBack(List<Entry> taken) {
    entries.addAll(0, taken);
    shrink();
  }

  private void shrink() {
    if (entries.size() <= limit) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i) instanceof Change change && !seen.add(change.incident().id())) {
        entries.remove(i);
      }
    }
    while (entries.size() > limit) {
      entries.remove(0);
      lost++;
    }
  }

  void countLost() {
    lost++;
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  long lost() {
    return lost;
  }
}
