package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/** A systemd that holds what a test tells it, and notes what it was asked. */
final class FakeBus implements UnitBus {
  private final Map<String, Unit> units = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile @Nullable UnitListener listener;
  private volatile boolean silent;

  FakeBus has(String name, String activeState, int restarts, String invocation) {
    units.put(
        name,
        new Unit(name, activeState, "x", "success", "exec", 7, invocation, null, true, restarts));
    return this;
  }

  FakeBus has(String name, String activeState) {
    return has(name, activeState, 0, "ab");
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
