package org.medicd.collect.census;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Host;
import org.medicd.fact.ProcessId;
import org.medicd.linux.proc.HostStat;

/**
 * Has the threads of processes looked through for D when the load tells of more blocked tasks than
 * the leaders show, and while any task is stuck: what one waits for others may wait for too.
 */
final class ThreadWatch {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private @Nullable Long askedNanos;
  private int turn;

  void look(Watched[] all, HostStat stat, Host host, Look look) {
    ThreadScan scan = look.details().takeThreadScan();
    if (scan != null) {
      tell(all, scan, look);
    }
    boolean isTime = askedNanos == null || look.nowNanos() - askedNanos >= EVERY_NANOS;
    if (isTime && (isUnexplained(stat, host) || someAreStuck(all, look.nowNanos()))) {
      look.details().askThreads(multithreaded(all));
      askedNanos = look.nowNanos();
    }
  }

  private static void tell(Watched[] all, ThreadScan scan, Look look) {
    Map<ProcessId, Watched> byId = new HashMap<>();
    for (Watched watched : all) {
      byId.put(watched.id(), watched);
    }
    scan.blocked()
        .forEach(
            (id, threads) -> {
              Watched watched = byId.get(id);
              if (watched != null) {
                watched.portrait().blocking().threadsIn(id.pid(), threads, look.nowNanos());
                watched.stir();
              }
            });
    if (scan.left() > 0) {
      look.gaps().add("proc/PID/task", scan.left() + " processes", "too many threads for one scan");
    }
  }

  /** The load counts tasks that run, want to run, or are in D; one that runs is this. */
  private static boolean isUnexplained(HostStat stat, Host host) {
    Double load1 = host.load1();
    Long running = stat.processesRunning();
    return load1 != null
        && running != null
        && load1 - Math.max(0, running - 1) - host.blocked() >= 1;
  }

  private static boolean someAreStuck(Watched[] all, long nowNanos) {
    for (Watched watched : all) {
      if (watched.portrait().blocking().lasts(EVERY_NANOS, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /** Begins elsewhere each time, so that a scan that is cut off reaches all in turn. */
  private List<ProcessId> multithreaded(Watched[] all) {
    List<ProcessId> processes = new ArrayList<>();
    for (Watched watched : all) {
      if (watched.stat().threads() > 1) {
        processes.add(watched.id());
      }
    }
    if (!processes.isEmpty()) {
      turn = (turn + processes.size() / 2 + 1) % processes.size();
      Collections.rotate(processes, turn);
    }
    return processes;
  }
}
