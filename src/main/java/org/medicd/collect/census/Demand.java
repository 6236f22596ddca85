package org.medicd.collect.census;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.linux.proc.SchedStat;

/**
 * How much CPU a process wants: the time its threads were on a CPU or waited for one. Six burners
 * on two cores get a third of a core each and want a whole one. Looked at for processes that are
 * busy, or were within the last ten seconds.
 */
final class Demand {
  static final int MAX_THREADS = 512;
  private static final double BUSY_PERCENT = 5;
  private static final Duration BUSY_FOR = Duration.ofSeconds(10);

  private Average average = new Average();
  private @Nullable Map<Integer, Long> lastNanos;
  private Duration sinceBusy = BUSY_FOR;
  private boolean withoutSchedstat;

  /** Counts this look; returns whether the process is worth the reading of its threads. */
  boolean isBusy(@Nullable Double cpuPercent, char state, Duration elapsed) {
    boolean busy = cpuPercent != null && cpuPercent >= BUSY_PERCENT || state == 'R';
    sinceBusy = busy ? Duration.ZERO : sinceBusy.plus(elapsed);
    if (sinceBusy.compareTo(BUSY_FOR) >= 0) {
      lastNanos = null;
      average = new Average();
      return false;
    }
    return true;
  }

  /** Reads the threads. What a thread did before it ended is known from the CPU time alone. */
  void look(ProcTree tree, int pid, @Nullable Double cpuPercent, Duration elapsed, Gaps gaps) {
    Map<Integer, Long> nanos;
    try {
      nanos = read(tree, pid, gaps);
    } catch (IOException e) {
      gaps.ofProcess("proc/PID/task/TID/schedstat", pid, e);
      nanos = null;
    }
    if (nanos != null && lastNanos != null && !elapsed.isZero()) {
      double percent = 100.0 * grown(lastNanos, nanos) / elapsed.toNanos();
      average.add(Math.max(percent, cpuPercent != null ? cpuPercent : 0), elapsed);
    } else if (nanos == null) {
      average = new Average();
    }
    lastNanos = nanos;
  }

  /** Null where it is not known; the plain CPU average where the kernel keeps no waiting times. */
  @Nullable Double avg10(@Nullable Double cpuAvg10) {
    return withoutSchedstat ? cpuAvg10 : average.value();
  }

  private @Nullable Map<Integer, Long> read(ProcTree tree, int pid, Gaps gaps) throws IOException {
    int[] threads = tree.numbers(pid + "/task");
    if (threads.length > MAX_THREADS) {
      gaps.add(
          "proc/PID/task/TID/schedstat",
          "pid " + pid,
          threads.length + " threads, more than the " + MAX_THREADS + " that are looked at");
      return null;
    }
    Map<Integer, Long> nanos = new HashMap<>();
    for (int thread : threads) {
      String folder = pid + "/task/" + thread;
      try {
        SchedStat stat = SchedStat.parse(tree.read(folder + "/schedstat"));
        nanos.put(thread, stat.runNanos() + stat.waitNanos());
      } catch (IOException e) {
        if (!ProcTree.isAbsence(e)) {
          throw e;
        }
        withoutSchedstat |= thread == pid && tree.exists(folder + "/stat");
      }
    }
    return nanos;
  }

  /** A thread that was not there before has all its time from this tick. */
  private static long grown(Map<Integer, Long> before, Map<Integer, Long> now) {
    long sum = 0;
    for (Map.Entry<Integer, Long> thread : now.entrySet()) {
      long then = before.getOrDefault(thread.getKey(), 0L);
      sum += Math.max(0, thread.getValue() - then);
    }
    return sum;
  }
}
