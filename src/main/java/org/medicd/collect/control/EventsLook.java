package org.medicd.collect.control;

import org.jspecify.annotations.Nullable;
import org.medicd.fact.Cgroup;
import org.medicd.fact.Cgroup.Count;
import org.medicd.linux.cgroup.MemoryEvents;

/** What has happened to the memory of one group, with the counters of the look before. */
final class EventsLook {
  private static final MemoryEvents NONE = new MemoryEvents(null, null, null, null, null);

  private MemoryEvents last = NONE;

  Cgroup.Events look(Place place, GroupFiles files) {
    MemoryEvents before = last;
    MemoryEvents read = read(place.own("memory"), place.hierarchies().isLegacy("memory"), files);
    MemoryEvents now = read != null ? read : NONE;
    last = now;
    return new Cgroup.Events(
        count(before.low(), now.low()),
        count(before.high(), now.high()),
        count(before.max(), now.max()),
        count(before.oom(), now.oom()),
        count(before.oomKill(), now.oomKill()));
  }

  private static @Nullable MemoryEvents read(
      @Nullable String folder, boolean legacy, GroupFiles files) {
    if (!legacy) {
      return files.read(folder, "memory.events", MemoryEvents::parse);
    }
    String failures = files.text(folder, "memory.failcnt");
    return files.read(folder, "memory.oom_control", text -> MemoryEvents.ofLegacy(text, failures));
  }

  /** Counters of v1 can be set back by hand: then what came since is not known. */
  private static Count count(@Nullable Long before, @Nullable Long now) {
    if (now == null) {
      return Count.UNKNOWN;
    }
    return new Count(now, before == null || now < before ? null : (Long) (now - before));
  }
}
