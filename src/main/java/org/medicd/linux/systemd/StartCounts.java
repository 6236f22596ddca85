package org.medicd.linux.systemd;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;

/** Completes units with how often they were started of late. */
final class StartCounts {
  private final Map<String, Starts> starts = new HashMap<>();
  private Map<String, Unit> last = Map.of();

  /** A unit that did not change is the same object as the time before. */
  Map<String, Unit> of(Map<String, Unit> units, long nowNanos) {
    Map<String, Unit> counted = new HashMap<>();
    boolean same = units.size() == last.size();
    for (Map.Entry<String, Unit> each : units.entrySet()) {
      String name = each.getKey();
      Unit now = starts.computeIfAbsent(name, key -> new Starts()).see(each.getValue(), nowNanos);
      @Nullable Unit before = last.get(name);
      same &= now.equals(before);
      counted.put(name, before != null && now.equals(before) ? before : now);
    }
    starts
        .entrySet()
        .removeIf(each -> !units.containsKey(each.getKey()) && each.getValue().isQuiet(nowNanos));
    if (!same) {
      last = Map.copyOf(counted);
    }
    return last;
  }
}
