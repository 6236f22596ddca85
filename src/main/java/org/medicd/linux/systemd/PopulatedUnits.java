package org.medicd.linux.systemd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medicd.fact.Unit;

/** Units as their control groups alone tell of them: one that has processes is active. */
final class PopulatedUnits {
  private final Map<String, Unit> known = new HashMap<>();

  /**
   * @param but of which more is known
   */
  List<Unit> of(Set<String> withProcesses, Set<String> but) {
    known.keySet().retainAll(withProcesses);
    List<Unit> units = new ArrayList<>();
    for (String name : withProcesses) {
      if (AllUnits.isKnownKind(name) && !but.contains(name)) {
        units.add(
            known.computeIfAbsent(
                name, key -> Unit.inState(key, "active", "unknown", "cgroups", null)));
      }
    }
    return units;
  }
}
