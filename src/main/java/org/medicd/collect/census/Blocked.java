package org.medicd.collect.census;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;

/**
 * Since when the tasks of one process have been in D without a context switch. A busy disk writer
 * shows D at every look and yet gets on; its count of switches tells.
 */
final class Blocked {
  private final Map<Integer, Stay> stays = new HashMap<>();

  private record Stay(long contextSwitches, long sinceNanos) {}

  /**
   * The task that has waited longest.
   *
   * @param sinceNanos by the monotonic clock
   */
  record Longest(int task, long sinceNanos) {
    double seconds(long nowNanos) {
      return Average.tenths((nowNanos - sinceNanos) / 1e9);
    }
  }

  /** One task in D with its count of context switches; null where that is not known. */
  void isIn(int task, @Nullable Long contextSwitches, long nowNanos) {
    if (contextSwitches == null) {
      stays.remove(task);
      return;
    }
    Stay stay = stays.get(task);
    if (stay == null || stay.contextSwitches() != contextSwitches) {
      stays.put(task, new Stay(contextSwitches, nowNanos));
    }
  }

  void isOut(int task) {
    stays.remove(task);
  }

  /** All threads in D but the leader, each with its count of context switches. */
  void threadsIn(int leader, Map<Integer, Long> threads, long nowNanos) {
    stays.keySet().removeIf(task -> task != leader && !threads.containsKey(task));
    threads.forEach(
        (task, contextSwitches) -> {
          if (task != leader) {
            isIn(task, contextSwitches, nowNanos);
          }
        });
  }

  @Nullable Longest longest() {
    Longest longest = null;
    for (Map.Entry<Integer, Stay> entry : stays.entrySet()) {
      long since = entry.getValue().sinceNanos();
      if (longest == null || since - longest.sinceNanos() < 0) {
        longest = new Longest(entry.getKey(), since);
      }
    }
    return longest;
  }
}
