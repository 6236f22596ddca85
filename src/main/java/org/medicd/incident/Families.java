package org.medicd.incident;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;

/** Processes with their descendants. */
final class Families {
  private Families() {}

  /**
   * Children before their parents: a parent that looks after its children sees them end first.
   * Those who have ended are left out; who lost its parent belongs to the family no more.
   */
  static List<ProcessId> leafFirst(Collection<ProcessId> roots, Snapshot seen) {
    Map<Integer, List<Proc>> children = new HashMap<>();
    for (Proc proc : seen.processes().values()) {
      children.computeIfAbsent(proc.parent(), parent -> new ArrayList<>()).add(proc);
    }
    Map<ProcessId, Integer> depths = new HashMap<>();
    Deque<Proc> open = new ArrayDeque<>();
    roots.stream().map(seen::find).filter(Sight::lives).forEach(open::add);
    while (!open.isEmpty()) {
      Proc each = open.remove();
      if (depths.put(each.id(), depth(each, seen)) == null) {
        children.getOrDefault(each.id().pid(), List.of()).stream()
            .filter(Sight::lives)
            .forEach(open::add);
      }
    }
    Comparator<ProcessId> byDepth = Comparator.comparing(depths::get);
    return depths.keySet().stream()
        .sorted(byDepth.reversed().thenComparing(ProcessId::pid))
        .toList();
  }

  /** How many ancestors it has; parents that were read one after the other may seem to circle. */
  private static int depth(Proc proc, Snapshot seen) {
    int depth = 0;
    @Nullable Proc each = seen.processes().get(proc.parent());
    while (each != null && depth < seen.processes().size()) {
      depth++;
      each = seen.processes().get(each.parent());
    }
    return depth;
  }
}
