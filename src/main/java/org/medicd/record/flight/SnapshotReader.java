package org.medicd.record.flight;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Fact;
import org.medicd.fact.Gap;
import org.medicd.fact.Host;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.plan.Deed;
import org.medicd.record.flight.SnapshotWriter.Place;

/** Reads what a {@link SnapshotWriter} wrote. */
final class SnapshotReader {
  private static final int MOST_SLOTS = 100_000_000;
  private static final int MOST_GAPS = 1_000_000;

  private final ByteSource in;
  private final FactReader facts;
  private final Map<Integer, Known> slots = new HashMap<>();
  private final Map<Integer, Proc> processes = new HashMap<>();
  private final Map<Integer, Fact> others = new LinkedHashMap<>();
  private final Map<String, Unit> units = new HashMap<>();
  private List<Gap> gaps = List.of();
  private List<Deed> deeds = List.of();
  private List<Fact> listed = List.of();
  private @Nullable Host host;
  private Instant last;
  private boolean begun;

  private record Known(Place place, FactReader.Value value) {
    /** Null where this version of medicd has none of its type. */
    @Nullable Fact fact() {
      return value.record() instanceof Fact fact ? fact : null;
    }
  }

  SnapshotReader(Schema schema, ByteSource in, Instant begun) {
    this.in = in;
    this.facts = new FactReader(schema, in);
    this.last = begun;
  }

  /**
   * The next one. Its map of processes goes on with the recording: it is good until the next call.
   *
   * @param before pids that were there in the segment before; empty but for the first one
   */
  Snapshot read(Iterable<Integer> before) throws IOException {
    Duration elapsed = Duration.ofNanos(in.count());
    last = moved(elapsed, in.number());
    begun = true;
    List<Integer> stirred = new ArrayList<>();
    before.forEach(stirred::add);
    boolean changed = false;
    for (long operation = in.count(); operation != 0; operation = in.count()) {
      changed |= take(operation - 1, stirred);
    }
    if (changed) {
      listed = List.copyOf(others.values());
    }
    if (in.octet() != 0) {
      readGaps();
    }
    deeds = Deeds.read(in, facts);
    return new Snapshot(
        last,
        elapsed,
        host,
        Collections.unmodifiableMap(processes),
        stirred,
        Map.copyOf(units),
        listed,
        List.of(),
        gaps);
  }

  /** What came of actions in the tick that was read last. */
  List<Deed> deeds() {
    return deeds;
  }

  private Instant moved(Duration elapsed, long nanos) throws IOException {
    try {
      Instant expected = begun ? last.plus(elapsed) : last;
      return expected.plusNanos(nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("the recording is damaged: a time that cannot be", e);
    }
  }

  /** Returns whether the list of other facts is another one now. */
  private boolean take(long operation, List<Integer> stirred) throws IOException {
    int what = (int) (operation % SnapshotWriter.OPERATIONS);
    long slot = operation / SnapshotWriter.OPERATIONS;
    if (slot < 0 || slot > MOST_SLOTS) {
      throw new IOException("the recording is damaged: a number that cannot be");
    }
    int number = (int) slot;
    Known known = slots.get(number);
    if (what == SnapshotWriter.APPEARED) {
      Place[] places = Place.values();
      Place place = places[in.index(places.length)];
      known = new Known(place, facts.begin());
      slots.put(number, known);
    } else if (known == null) {
      throw new IOException("the recording is damaged: a fact that was not told of");
    } else if (what == SnapshotWriter.GONE) {
      slots.remove(number);
      return forget(number, known, stirred);
    } else {
      known = new Known(known.place(), facts.change(known.value()));
      slots.put(number, known);
    }
    return keep(number, known, stirred);
  }

  private boolean keep(int number, Known known, List<Integer> stirred) {
    Fact fact = known.fact();
    if (known.place() == Place.PROCESS && fact instanceof Proc proc) {
      processes.put(proc.id().pid(), proc);
      stirred.add(proc.id().pid());
    } else if (known.place() == Place.UNIT && fact instanceof Unit unit) {
      units.put(unit.name(), unit);
    } else if (known.place() == Place.HOST && fact instanceof Host now) {
      host = now;
    } else if (known.place() == Place.OTHER && fact != null) {
      others.put(number, fact);
      return true;
    }
    return false;
  }

  private boolean forget(int number, Known known, List<Integer> stirred) {
    if (known.fact() instanceof Proc proc) {
      processes.remove(proc.id().pid(), proc);
      stirred.add(proc.id().pid());
    } else if (known.place() == Place.UNIT && known.fact() instanceof Unit unit) {
      units.remove(unit.name());
    } else if (known.place() == Place.HOST) {
      host = null;
    }
    return others.remove(number) != null;
  }

  private void readGaps() throws IOException {
    List<Gap> now = new ArrayList<>();
    for (int left = in.index(MOST_GAPS); left > 0; left--) {
      now.add(new Gap(in.text(), in.text(), in.text()));
    }
    gaps = List.copyOf(now);
  }
}
