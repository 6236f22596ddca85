package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * All services, sockets, mounts and timers that are loaded: listed once, then kept up by systemd's
 * signals. The list tells their states alone; the rest is read where something is going on, and of
 * services that run at leisure. Not safe for several threads.
 */
final class AllUnits {
  private static final List<String> KINDS = List.of(".service", ".socket", ".mount", ".timer");
  private static final long RELIST_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int READS_AT_ONCE = 10;
  private static final int READS_AT_LEISURE = 5;

  private final UnitBus bus;
  private final Duration limit;
  private final UnitListener changes;
  private final Map<String, Unit> listed = new HashMap<>();
  private final Map<String, Unit> read = new HashMap<>();
  private final Set<String> urgent = new LinkedHashSet<>();
  private final Set<String> leisure = new LinkedHashSet<>();
  private boolean unsure = true;
  private @Nullable Long triedNanos;
  private String silence = "";

  /**
   * @param limit for each answer
   * @param changes is to hear of every change
   */
  AllUnits(UnitBus bus, Duration limit, UnitListener changes) {
    this.bus = bus;
    this.limit = limit;
    this.changes = changes;
  }

  static boolean isKnownKind(String name) {
    return KINDS.stream().anyMatch(name::endsWith);
  }

  /** Units of which only the states are known. */
  Map<String, Unit> listed() {
    return Collections.unmodifiableMap(listed);
  }

  /** Units that were read in full. */
  Map<String, Unit> read() {
    return Collections.unmodifiableMap(read);
  }

  /** Why nothing is known; empty where the bus answers. */
  String silence() {
    return silence;
  }

  /** Whether there is more to read than one round does. */
  boolean isBusy() {
    return !urgent.isEmpty();
  }

  /** Looks at what the signals have told; lists anew where that is due. */
  void round(UnitChanges.News news, long nowNanos) {
    unsure |= news.unsure();
    news.goneByName().forEach(this::note);
    try {
      Long tried = triedNanos;
      long since = tried == null ? Long.MAX_VALUE : nowNanos - tried;
      if (since >= RELIST_NANOS || unsure && since >= RETRY_NANOS) {
        triedNanos = nowNanos;
        list();
      }
      if (silence.isEmpty()) {
        read(urgent, READS_AT_ONCE);
        read(leisure, READS_AT_LEISURE);
      }
    } catch (SystemdException e) {
      forget(String.valueOf(e.getMessage()));
    }
  }

  /** Nobody asks any more, or nothing is known any more. */
  void forget(String reason) {
    silence = reason;
    unsure = true;
    listed.clear();
    read.clear();
    urgent.clear();
    leisure.clear();
  }

  private void note(String name, boolean gone) {
    if (gone) {
      listed.remove(name);
      read.remove(name);
      urgent.remove(name);
      leisure.remove(name);
    } else if (isKnownKind(name)) {
      urgent.add(name);
    }
  }

  private void list() throws SystemdException {
    bus.follow(changes, limit);
    List<ListedUnit> all = bus.list(limit);
    Map<String, Unit> before = new HashMap<>(listed);
    listed.clear();
    for (ListedUnit unit : all) {
      if (isKnownKind(unit.name()) && !unit.loadState().equals("not-found")) {
        enter(unit, before);
      }
    }
    read.keySet().retainAll(listed.keySet());
    listed.keySet().removeAll(read.keySet());
    unsure = false;
    silence = "";
  }

  private void enter(ListedUnit unit, Map<String, Unit> before) {
    String name = unit.name();
    Unit now = Unit.inState(name, unit.activeState(), unit.subState(), "list", unit.loadState());
    Unit known = before.get(name);
    listed.put(name, now.equals(known) ? known : now);
    Unit full = read.get(name);
    boolean same =
        full != null
            && full.activeState().equals(unit.activeState())
            && full.subState().equals(unit.subState());
    boolean restless = now.isChanging() || unit.activeState().equals("failed");
    if (full != null && !same || full == null && restless) {
      read.remove(name);
      urgent.add(name);
    } else if (full == null && name.endsWith(".service") && now.isActive()) {
      leisure.add(name);
    } else if (full != null && unsure) {
      leisure.add(name); // its settings may be others
    }
  }

  private void read(Set<String> names, int most) throws SystemdException {
    List<String> some = names.stream().limit(most).toList();
    for (String name : some) {
      names.remove(name);
      leisure.remove(name);
      try {
        Unit now = bus.loaded(name, limit);
        read.merge(name, now, (old, fresh) -> old.equals(fresh) ? old : fresh);
        listed.remove(name);
      } catch (SystemdException e) {
        if (e.kind() == Kind.UNREACHABLE || e.kind() == Kind.TIMED_OUT) {
          throw e;
        }
        note(name, true); // unloaded meanwhile
      }
    }
  }

  /** Another look has read one in full. */
  void seen(Unit unit) {
    if (read.containsKey(unit.name()) || listed.containsKey(unit.name())) {
      read.put(unit.name(), unit);
      listed.remove(unit.name());
    }
  }
}
