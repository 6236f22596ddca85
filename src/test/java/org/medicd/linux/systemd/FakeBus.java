package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/** A systemd that holds what a test tells it, and notes what it was asked. */
final class FakeBus implements UnitBus {
  private final Map<String, Unit> units = new ConcurrentHashMap<>();
  private final Map<String, UnitLinks> links = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile @Nullable UnitListener listener;
  private volatile boolean silent;

  FakeBus has(String name, String activeState, int restarts, String invocation) {
    units.put(
        name,
        new Unit(name, activeState, "x", "success", "exec", 7, invocation, null, true, restarts)
            .tied(Unit.Ties.UNKNOWN));
    return this;
  }

  FakeBus has(String name, String activeState) {
    return has(name, activeState, 0, "ab");
  }

  /** The first goes down with the second, as Requires= has it. */
  FakeBus requires(String name, String needed) {
    add(needed, Set.of(name), Set.of(), Set.of(), Set.of());
    return add(name, Set.of(), Set.of(), Set.of(), Set.of(needed));
  }

  /** The first is stopped with the second, as StopPropagatedFrom= has it. */
  FakeBus stopsWith(String name, String other) {
    add(other, Set.of(), Set.of(name), Set.of(), Set.of());
    return add(name, Set.of(), Set.of(), Set.of(), Set.of(other));
  }

  FakeBus conflicts(String name, String other) {
    add(other, Set.of(), Set.of(), Set.of(name), Set.of());
    return add(name, Set.of(), Set.of(), Set.of(other), Set.of());
  }

  private FakeBus add(
      String name,
      Set<String> restarted,
      Set<String> stopped,
      Set<String> rivals,
      Set<String> needs) {
    links.merge(
        name,
        new UnitLinks(true, restarted, stopped, rivals, needs),
        (a, b) ->
            new UnitLinks(
                true,
                both(a.restarted(), b.restarted()),
                both(a.onlyStopped(), b.onlyStopped()),
                both(a.rivals(), b.rivals()),
                both(a.needs(), b.needs())));
    return this;
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  void forgetsLinks(String name) {
    links.remove(name);
  }

  void loses(String name) {
    units.remove(name);
  }

  void isSilent(boolean now) {
    silent = now;
  }

  /** As a signal. */
  UnitListener tell() {
    UnitListener current = listener;
    if (current == null) {
      throw new AssertionError("nobody listens");
    }
    return current;
  }

  /** What it was asked since the last time. */
  List<String> takeAsked() {
    List<String> all = new ArrayList<>(asked);
    asked.clear();
    return all;
  }

  @Override
  public void follow(UnitListener who, Duration within) throws SystemdException {
    answer("follow");
    listener = who;
  }

  @Override
  public List<ListedUnit> list(Duration within) throws SystemdException {
    answer("list");
    return units.values().stream()
        .map(u -> new ListedUnit(u.name(), "loaded", u.activeState(), u.subState()))
        .toList();
  }

  @Override
  public Unit loaded(String name, Duration within) throws SystemdException {
    answer("loaded " + name);
    return find(name);
  }

  @Override
  public UnitLinks links(String name, Duration within) throws SystemdException {
    answer("links " + name);
    UnitLinks its = links.get(name);
    Unit unit = find(name);
    boolean up = !unit.activeState().equals("inactive") && !unit.activeState().equals("failed");
    return its == null
        ? new UnitLinks(up, Set.of(), Set.of(), Set.of(), Set.of())
        : new UnitLinks(up, its.restarted(), its.onlyStopped(), its.rivals(), its.needs());
  }

  @Override
  public Unit unit(String name, Duration within) throws SystemdException {
    answer("unit " + name);
    return find(name);
  }

  private Unit find(String name) throws SystemdException {
    Unit unit = units.get(name);
    if (unit == null) {
      throw new SystemdException(Kind.NO_SUCH_UNIT, "no " + name);
    }
    return unit;
  }

  private void answer(String question) throws SystemdException {
    asked.add(question);
    if (silent) {
      throw new SystemdException(Kind.UNREACHABLE, "silence");
    }
  }
}
