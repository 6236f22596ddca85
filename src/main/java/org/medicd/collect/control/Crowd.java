package org.medicd.collect.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medicd.fact.Proc;

/**
 * The processes of one control group and of those below it.
 *
 * @param path of the group
 * @param processes how many
 * @param pid of one of them
 */
record Crowd(String path, int processes, int pid) {
  /**
   * By control group and all above it, those with the most processes first. The root counts only
   * where a process is in it itself: on a host it holds everything, and all kernel threads.
   */
  static List<Crowd> of(Collection<Proc> processes) {
    Map<String, Crowd> own = new HashMap<>();
    for (Proc proc : processes) {
      String path = proc.cgroup();
      if (path != null && !proc.kernelThread()) {
        own.merge(path, new Crowd(path, 1, proc.id().pid()), Crowd::with);
      }
    }
    Map<String, Crowd> all = new HashMap<>(own);
    for (Crowd crowd : own.values()) {
      String path = crowd.path();
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/')) {
        path = path.substring(0, slash);
        all.merge(path, new Crowd(path, crowd.processes(), crowd.pid()), Crowd::with);
      }
      if (own.containsKey("/") && !crowd.path().equals("/")) {
        all.merge("/", crowd, (root, below) -> root.with(below));
      }
    }
    List<Crowd> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparingInt(Crowd::processes).reversed().thenComparing(Crowd::path));
    return sorted;
  }

  private Crowd with(Crowd other) {
    return new Crowd(path, processes + other.processes, pid);
  }
}
