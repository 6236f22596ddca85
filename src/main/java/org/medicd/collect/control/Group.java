package org.medicd.collect.control;

import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.Cgroup;
import org.medicd.fact.Cgroup.Stall;
import org.medicd.fact.Pressure;
import org.medicd.linux.cgroup.Amount;
import org.medicd.linux.cgroup.GroupEvents;
import org.medicd.linux.proc.PressureFile;
import org.medicd.linux.proc.UnitName;

/** One control group, with what the look before has told of it. */
final class Group {
  private final String path;
  private final Object identity;
  private final @Nullable String unit;
  private final CpuLook cpu = new CpuLook();
  private final MemoryLook memory = new MemoryLook();
  private final EventsLook events = new EventsLook();
  private @Nullable Cgroup last;

  /**
   * @param identity what tells it apart from a later one of the same path
   */
  Group(String path, Object identity) {
    this.path = path;
    this.identity = identity;
    this.unit = UnitName.ofCgroup(path);
  }

  boolean is(Object other) {
    return identity.equals(other);
  }

  /** The same object as before where nothing changed. */
  Cgroup look(
      Place place, int processes, Wanted wanted, GroupFiles files, Limits limits, long nowNanos) {
    String unified = wanted.state() ? place.unified() : null;
    GroupEvents state = files.read(unified, "cgroup.events", GroupEvents::parse);
    Cgroup now =
        new Cgroup(
            path,
            unit,
            processes,
            state == null ? null : (Boolean) state.populated(),
            wanted.state() ? frozen(state, place, files) : null,
            wanted.cpu() ? cpu.look(place, files, limits, nowNanos) : Cgroup.Cpu.UNKNOWN,
            wanted.memory()
                ? memory.look(place, files, limits, wanted.memoryStat(), nowNanos)
                : Cgroup.Memory.UNKNOWN,
            wanted.events() ? events.look(place, files) : Cgroup.Events.UNKNOWN,
            wanted.pids() ? pids(place, files, limits) : Cgroup.Pids.UNKNOWN,
            wanted.pressure() ? stalls(place.unified(), files) : Cgroup.Stalls.UNKNOWN);
    Cgroup before = last;
    if (before != null && before.equals(now)) {
      return before;
    }
    last = now;
    return now;
  }

  private static @Nullable Boolean frozen(
      @Nullable GroupEvents state, Place place, GroupFiles files) {
    Boolean legacy =
        place.hierarchies().isLegacy("freezer")
            ? files.read(place.own("freezer"), "freezer.state", GroupEvents::isFrozen)
            : null;
    Boolean unified = state == null ? null : state.frozen();
    return legacy == null || Boolean.TRUE.equals(unified) ? unified : legacy;
  }

  private static Cgroup.Pids pids(Place place, GroupFiles files, Limits limits) {
    Long current =
        files.read(place.own("pids"), "pids.current", text -> Amount.parse("pids.current", text));
    Long max = limits.amount(place, "pids", "pids.max");
    return new Cgroup.Pids(current, max, MemoryLook.percent(current, max));
  }

  private static Cgroup.Stalls stalls(@Nullable String folder, GroupFiles files) {
    return new Cgroup.Stalls(
        stall(folder, "cpu", files), stall(folder, "memory", files), stall(folder, "io", files));
  }

  private static Stall stall(@Nullable String folder, String resource, GroupFiles files) {
    Pressure read =
        files.read(folder, resource + ".pressure", text -> PressureFile.parse(resource, text));
    if (read == null) {
      return Stall.UNKNOWN;
    }
    Pressure.Stall full = read.full();
    return new Stall(
        Average.tenths(read.some().avg10()),
        Average.tenths(read.some().avg60()),
        full == null ? null : (Double) Average.tenths(full.avg10()),
        full == null ? null : (Double) Average.tenths(full.avg60()));
  }
}
