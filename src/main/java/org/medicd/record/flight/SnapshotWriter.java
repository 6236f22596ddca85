package org.medicd.record.flight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Fact;
import org.medicd.fact.Gap;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Deed;

/**
 * Writes snapshots as what changed since the one before. A fact gets a number when it appears, by
 * which it is known from then on.
 */
final class SnapshotWriter {
  static final int CHANGED = 0;
  static final int APPEARED = 1;
  static final int GONE = 2;
  static final int OPERATIONS = 3;

  /** Where in a snapshot a fact stands. */
  enum Place {
    PROCESS,
    UNIT,
    OTHER,
    HOST
  }

  private record Slot(int number, Fact fact, @Nullable Object[] values) {}

  private record Key(Place place, Class<?> type, Object key) {}

  private final ByteSink out;
  private final FactWriter facts;
  private final Map<Integer, Slot> processes = new HashMap<>();
  private final Map<Key, Slot> others = new HashMap<>();
  private List<Gap> gaps = List.of();
  private Instant last;
  private int slots;
  private boolean begun;

  /**
   * @param begun when the first is expected
   */
  SnapshotWriter(ByteSink out, Instant begun) {
    this.out = out;
    this.facts = new FactWriter(out);
    this.last = begun;
  }

  /**
   * @param deeds what came of actions in this tick
   */
  void write(Snapshot seen, List<Deed> deeds) {
    out.count(seen.elapsed().toNanos());
    Instant expected = last.plus(begun ? seen.elapsed() : Duration.ZERO);
    out.number(Duration.between(expected, seen.at()).toNanos());
    last = seen.at();
    Iterable<Integer> stirred = begun ? seen.stirred() : List.copyOf(seen.processes().keySet());
    for (int pid : stirred) {
      Proc proc = seen.processes().get(pid);
      Slot slot = tell(Place.PROCESS, processes.get(pid), proc);
      keep(processes, pid, slot);
    }
    Set<Key> present = new HashSet<>();
    seen.facts().forEach(fact -> tell(Place.OTHER, fact, present));
    seen.units().values().forEach(unit -> tell(Place.UNIT, unit, present));
    if (seen.host() != null) {
      tell(Place.HOST, seen.host(), present);
    }
    for (Key key : new ArrayList<>(others.keySet())) {
      if (!present.contains(key)) {
        tell(key.place(), others.remove(key), null);
      }
    }
    out.count(0);
    writeGaps(seen.gaps());
    Deeds.write(deeds, out, facts);
    begun = true;
  }

  private static <K> void keep(Map<K, Slot> slots, K key, @Nullable Slot slot) {
    if (slot == null) {
      slots.remove(key);
    } else {
      slots.put(key, slot);
    }
  }

  private void tell(Place place, Fact fact, Set<Key> present) {
    Key key = new Key(place, fact.getClass(), fact.key());
    present.add(key);
    keep(others, key, tell(place, others.get(key), fact));
  }

  /** Returns what is known from here on. */
  private @Nullable Slot tell(Place place, @Nullable Slot before, @Nullable Fact now) {
    if (before != null && (now == null || !now.key().equals(before.fact().key()))) {
      operation(before.number(), GONE);
      before = null;
    }
    if (now == null) {
      return null;
    }
    if (before == null) {
      int number = slots++;
      operation(number, APPEARED);
      out.octet(place.ordinal());
      return new Slot(number, now, facts.begin(now));
    }
    if (before.fact() == now || before.fact().equals(now)) {
      return before;
    }
    operation(before.number(), CHANGED);
    return new Slot(before.number(), now, facts.change(before.values(), now));
  }

  /** 0 ends the list. */
  private void operation(int slot, int what) {
    out.count((long) slot * OPERATIONS + what + 1);
  }

  private void writeGaps(List<Gap> now) {
    boolean same = now.equals(gaps);
    out.octet(same ? 0 : 1);
    if (!same) {
      gaps = now;
      out.count(now.size());
      for (Gap gap : now) {
        out.text(gap.aspect());
        out.text(gap.subject());
        out.text(gap.reason());
      }
    }
  }
}
