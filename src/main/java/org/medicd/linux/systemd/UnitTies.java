package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * Which units go down, or are started anew, with those that are watched. Each unit on the way is
 * read once; again when a signal tells that it has changed, that a unit was loaded or unloaded
 * which hangs on it, or that anything may have changed (a reload, a bus that was lost). Not safe
 * for several threads.
 */
final class UnitTies {
  private static final long RELOOK_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int READS_AT_ONCE = 50;

  private final UnitBus bus;
  private final Duration limit;
  private final UnitListener changes;
  private final Map<String, UnitLinks> known = new HashMap<>();
  private final Set<String> newcomers = new HashSet<>();
  private final Set<String> reached = new HashSet<>();
  private boolean unsure;
  private @Nullable Long begunNanos;
  private int reads;
  private boolean busy;

  /**
   * @param limit for each answer
   * @param changes is to hear of every change
   */
  UnitTies(UnitBus bus, Duration limit, UnitListener changes) {
    this.bus = bus;
    this.limit = limit;
    this.changes = changes;
  }

  /** Whether there is more to read than one round does. */
  boolean isBusy() {
    return busy;
  }

  /** The ties of each of these; what is not known yet is unknown. */
  Map<String, Unit.Ties> round(Collection<String> watched, UnitChanges.News news, long nowNanos) {
    busy = false;
    reads = 0;
    reached.clear();
    note(news);
    Map<String, Unit.Ties> ties = new HashMap<>();
    if (watched.isEmpty()) {
      forget();
      return ties;
    }
    try {
      begin(nowNanos);
      meetNewcomers();
      for (String name : watched) {
        ties.put(name, tiesOf(name));
      }
      known.keySet().retainAll(reached);
    } catch (SystemdException e) {
      forget(); // the gap of the unit itself tells why
      ties.clear();
    }
    return ties;
  }

  private void forget() {
    known.clear();
    newcomers.clear();
    begunNanos = null;
  }

  private void note(UnitChanges.News news) {
    unsure |= news.unsure();
    news.goneByName()
        .forEach(
            (name, gone) -> {
              known.remove(name);
              if (gone) {
                newcomers.remove(name);
                known.values().removeIf(links -> links.names(name));
              }
            });
    newcomers.addAll(news.appeared());
  }

  /**
   * Reads all anew after a reload; after many of them, or what passes for one, only now and then.
   */
  private void begin(long nowNanos) throws SystemdException {
    Long begun = begunNanos;
    long since = begun == null ? Long.MAX_VALUE : nowNanos - begun;
    if (since >= RELOOK_NANOS || unsure && since >= RETRY_NANOS) {
      begunNanos = nowNanos;
      bus.follow(changes, limit);
      known.clear();
      newcomers.clear();
      unsure = false;
    }
  }

  /** Who has been loaded may hang on one that was read before. */
  private void meetNewcomers() throws SystemdException {
    for (String name : List.copyOf(newcomers)) {
      UnitLinks links = read(name);
      if (links == null) {
        known.clear(); // it might hang on any of them
        return;
      }
      newcomers.remove(name);
      known.keySet().removeAll(links.needs());
      known.keySet().removeAll(links.rivals());
    }
  }

  private Unit.Ties tiesOf(String name) throws SystemdException {
    UnitLinks links = links(name);
    if (links == null) {
      return Unit.Ties.UNKNOWN;
    }
    Set<String> down = new HashSet<>(links.restarted());
    down.addAll(links.onlyStopped());
    Set<String> rivals = new HashSet<>();
    boolean all = true;
    for (String rival : links.rivals()) {
      UnitLinks its = links(rival);
      all &= its != null;
      if (its != null && its.isUp()) {
        rivals.add(rival);
      }
    }
    return new Unit.Ties(
        from(links.restarted(), false, name),
        from(down, true, name),
        all ? from(rivals, true, name) : null);
  }

  /**
   * Those that are up among these and all that go with them.
   *
   * @param stop they are stopped, not restarted
   * @param but is not one of them, even where they hang on each other
   * @return null: not all is known yet
   */
  private @Nullable List<String> from(Collection<String> begin, boolean stop, String but)
      throws SystemdException {
    Deque<String> open = new ArrayDeque<>(begin);
    Set<String> seen = new HashSet<>(begin);
    Set<String> up = new TreeSet<>();
    boolean all = true;
    while (!open.isEmpty()) {
      String name = open.remove();
      UnitLinks links = links(name);
      if (links == null) {
        all = false;
        continue;
      }
      if (links.isUp() && !name.equals(but)) {
        up.add(name);
      }
      links.restarted().stream().filter(seen::add).forEach(open::add);
      if (stop) {
        links.onlyStopped().stream().filter(seen::add).forEach(open::add);
      }
    }
    return all ? new ArrayList<>(up) : null;
  }

  /** Null: this round has read enough. */
  private @Nullable UnitLinks links(String name) throws SystemdException {
    reached.add(name);
    UnitLinks links = known.get(name);
    if (links == null) {
      links = read(name);
      if (links != null) {
        known.put(name, links);
      }
    }
    return links;
  }

  private @Nullable UnitLinks read(String name) throws SystemdException {
    if (reads >= READS_AT_ONCE) {
      busy = true;
      return null;
    }
    reads++;
    try {
      return bus.links(name, limit);
    } catch (SystemdException e) {
      if (e.kind() == Kind.NO_SUCH_UNIT || e.kind() == Kind.REFUSED) {
        return UnitLinks.NONE;
      }
      throw e;
    }
  }
}
