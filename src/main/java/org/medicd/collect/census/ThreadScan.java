package org.medicd.collect.census;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medicd.collect.ProcTree;
import org.medicd.fact.ProcessId;
import org.medicd.linux.proc.PidStat;
import org.medicd.linux.proc.PidStatus;

/**
 * Looks for threads in D behind leaders that are not.
 *
 * @param blocked of each process that was looked through, its threads in D with their counts of
 *     context switches
 * @param left processes for which there was no time
 */
record ThreadScan(Map<ProcessId, Map<Integer, Long>> blocked, int left) {
  private static final int MOST_THREADS = 4096;

  /** Looks through so many of these processes as have together 4,096 threads. */
  static ThreadScan of(ProcTree tree, List<ProcessId> processes) {
    Map<ProcessId, Map<Integer, Long>> blocked = new HashMap<>();
    int threads = 0;
    for (ProcessId id : processes) {
      if (threads >= MOST_THREADS) {
        break;
      }
      try {
        int[] tasks = tree.numbers(id.pid() + "/task");
        threads += tasks.length;
        blocked.put(id, blocked(tree, id.pid(), tasks));
      } catch (IOException e) {
        blocked.put(id, Map.of()); // ended meanwhile
      }
    }
    return new ThreadScan(blocked, processes.size() - blocked.size());
  }

  private static Map<Integer, Long> blocked(ProcTree tree, int pid, int[] tasks)
      throws IOException {
    Map<Integer, Long> inD = new HashMap<>();
    for (int task : tasks) {
      String folder = pid + "/task/" + task;
      try {
        if (task != pid && PidStat.parse(tree.read(folder + "/stat")).state() == 'D') {
          Long switches = PidStatus.parse(tree.read(folder + "/status")).contextSwitches();
          if (switches != null) {
            inD.put(task, switches);
          }
        }
      } catch (IOException e) {
        if (!ProcTree.isAbsence(e)) {
          throw e;
        }
      }
    }
    return inD;
  }
}
