package org.medicd.notify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Incidents of a storm that are counted only. Bounded. Not safe for threads. */
final class Counted {
  private final int mostKnown;
  private final Map<String, Integer> byDiagnosis = new LinkedHashMap<>();
  private final Set<String> incidents = new HashSet<>();
  private final List<String> notices = new ArrayList<>();
  private List<String> forgotten = new ArrayList<>();
  private int size;
  private long sinceNanos;

  /**
   * @param mostKnown notices beyond these are not known any more, and an incident of which more is
   *     heard may be counted again
   */
  Counted(int mostKnown) {
    this.mostKnown = mostKnown;
  }

  void add(Untold untold) {
    sinceNanos = isEmpty() ? untold.sinceNanos() : sinceNanos;
    String incident = untold.incident().id();
    if (!incidents.contains(incident)) {
      byDiagnosis.merge(untold.incident().diagnosis(), 1, Integer::sum);
    }
    if (notices.size() + untold.covers().size() <= mostKnown) {
      incidents.add(incident);
      notices.addAll(untold.covers());
    } else {
      forgotten.addAll(untold.covers());
    }
    size += untold.covers().size();
  }

  boolean has(String incident) {
    return incidents.contains(incident);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How many notices. */
  int size() {
    return size;
  }

  /** Since when the first of them waits. */
  long sinceNanos() {
    return sinceNanos;
  }

  Map<String, Integer> byDiagnosis() {
    return Map.copyOf(byDiagnosis);
  }

  /** Ids of the notices that are known. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  /** Ids of the notices that were too many to be known; once. */
  List<String> takeForgotten() {
    List<String> taken = forgotten;
    forgotten = new ArrayList<>();
    return taken;
  }

  void clear() {
    byDiagnosis.clear();
    incidents.clear();
    notices.clear();
    size = 0;
  }
}
