package org.medicd.collect.census;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.linux.proc.PidStat;
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

  private @Nullable Average average;
  private @Nullable Map<Integer, Long> lastNanos;
  private long lookedNanos;
  private long busyNanos;
  private boolean watched;
  private boolean withoutSchedstat;

  /** Whether it was busy lately. */
  boolean isWatched() {
    return watched;
  }

  /** Returns the average over 10 s; null where it is not known, and for who is not busy. */
  @Nullable Double look(
      Look look, PidStat stat, @Nullable Double cpuPercent, @Nullable Double cpuAvg10) {
    boolean busy = cpuPercent != null && cpuPercent >= BUSY_PERCENT || stat.state() == 'R';
    if (busy) {
      watched = true;
      busyNanos = look.nowNanos();
    } else if (watched && look.nowNanos() - busyNanos >= BUSY_FOR.toNanos()) {
      watched = false;
      lastNanos = null;
      average = null;
    }
    if (!watched) {
      return null;
    }
    lookAtThreads(look, stat, cpuPercent != null ? cpuPercent : 0);
    return withoutSchedstat ? cpuAvg10 : average == null ? null : average.value();
  }

  /** Reads the threads. What a thread did before it ended is known from the CPU time alone. */
  private void lookAtThreads(Look look, PidStat stat, double cpuPercent) {
    Map<Integer, Long> nanos;
    try {
      nanos = read(look.tree(), stat, look.gaps());
    } catch (IOException e) {
      look.gaps().ofProcess("proc/PID/task/TID/schedstat", stat.pid(), e);
      nanos = null;
    }
    long elapsed = look.nowNanos() - lookedNanos;
    if (nanos != null && lastNanos != null && elapsed > 0) {
      double percent = 100.0 * grown(lastNanos, nanos) / elapsed;
      average = average != null ? average : new Average();
      average.add(Math.max(percent, cpuPercent), elapsed / 1e9);
    } else if (nanos == null) {
      average = null;
    }
    lastNanos = nanos;
    lookedNanos = look.nowNanos();
  }

  private @Nullable Map<Integer, Long> read(ProcTree tree, PidStat stat, Gaps gaps)
      throws IOException {
    int pid = stat.pid();
    int[] threads = stat.threads() == 1 ? new int[] {pid} : tree.numbers(pid + "/task");
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
        SchedStat sched = SchedStat.parse(tree.read(folder + "/schedstat"));
        nanos.put(thread, sched.runNanos() + sched.waitNanos());
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
