package org.medicd.notify;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Incidents of which something is to be told, oldest first; of a storm the oldest are only counted.
 * Bounded. Not safe for threads.
 */
final class Backlog {
  /** Beyond these, incidents are counted only. */
  static final int MOST = 1_000;

  /** Beyond these, notices of those that are counted are not known any more. */
  static final int MOST_COUNTED = 20_000;

  private final Map<String, Untold> waiting = new LinkedHashMap<>(); // by incident
  private final Counted counted = new Counted(MOST_COUNTED);

  void add(Untold untold) {
    if (counted.has(untold.incident().id())) {
      counted.add(untold);
    } else {
      waiting.merge(untold.incident().id(), untold, Untold::followedBy);
      shrink();
    }
  }

  private void shrink() {
    Iterator<Untold> oldest = waiting.values().iterator();
    while (waiting.size() > MOST) {
      Untold each = oldest.next();
      oldest.remove();
      counted.add(each);
    }
  }

  /** Adds what came before all that is there, and may be there already. */
  void addBefore(List<Untold> earlier) {
    Set<String> known = new HashSet<>();
    List<Untold> later = List.copyOf(waiting.values());
    later.forEach(each -> known.addAll(each.covers()));
    waiting.clear();
    earlier.stream().filter(each -> !known.containsAll(each.covers())).forEach(this::add);
    later.forEach(this::add);
  }

  /** Those that are not only counted. */
  List<Untold> all() {
    return List.copyOf(waiting.values());
  }

  /** Those that are. */
  Counted counted() {
    return counted;
  }

  void remove(Collection<Untold> those) {
    those.forEach(each -> waiting.remove(each.incident().id()));
  }

  boolean isEmpty() {
    return waiting.isEmpty() && counted.isEmpty();
  }

  /** How many notices. */
  int size() {
    return counted.size() + waiting.values().stream().mapToInt(each -> each.covers().size()).sum();
  }
}
