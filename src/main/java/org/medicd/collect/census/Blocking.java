package org.medicd.collect.census;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.PidStat;
import org.medicd.linux.proc.PidStatus;

/** How long a process, or a thread of it, has been in D, and what for. */
final class Blocking {
  private static final long WAIT_EVERY_NANOS = 3_000_000_000L;

  private final ProcessDetails details;
  private @Nullable Blocked blocked;
  private Blocked.@Nullable Longest waiting;
  private long askedNanos;

  Blocking(ProcessDetails details) {
    this.details = details;
  }

  boolean isAny() {
    return blocked != null && blocked.longest() != null;
  }

  /** For how long the task that has waited longest has; null where none waits. */
  @Nullable Double seconds(long nowNanos) {
    return waiting == null ? null : (Double) waiting.seconds(nowNanos);
  }

  /** Whether it has waited for at least so long. */
  boolean lasts(long nanos, long nowNanos) {
    Blocked.Longest longest = blocked == null ? null : blocked.longest();
    return longest != null && nowNanos - longest.sinceNanos() >= nanos;
  }

  /** Takes what a scan of its threads has found. */
  void threadsIn(int leader, Map<Integer, Long> threads, long nowNanos) {
    if (blocked != null || !threads.isEmpty()) {
      blocked = blocked != null ? blocked : new Blocked();
      blocked.threadsIn(leader, threads, nowNanos);
    }
  }

  /** Returns what it waits for, once that is known; asks for it now and then. */
  @Nullable Wait look(Look look, PidStat stat) {
    if (stat.state() == 'D') {
      blocked = blocked != null ? blocked : new Blocked();
      blocked.isIn(stat.pid(), contextSwitches(look, stat.pid()), look.nowNanos());
    } else if (blocked != null) {
      blocked.isOut(stat.pid());
    }
    Blocked.Longest longest = blocked == null ? null : blocked.longest();
    if (longest == null || !longest.equals(waiting)) {
      details.wait = null;
      askedNanos = look.nowNanos() - WAIT_EVERY_NANOS;
    }
    waiting = longest;
    if (longest == null) {
      blocked = null;
      return null;
    }
    boolean isTime = look.nowNanos() - askedNanos >= WAIT_EVERY_NANOS;
    if (isTime && look.nowNanos() != longest.sinceNanos()) {
      look.details().askWait(stat.pid(), longest.task(), details);
      askedNanos = look.nowNanos();
    }
    Wait wait = details.wait;
    if (wait != null && wait.failure() != null) {
      look.gaps().ofProcess("proc/PID/syscall", stat.pid(), wait.failure());
    }
    return wait;
  }

  private static @Nullable Long contextSwitches(Look look, int pid) {
    try {
      return PidStatus.parse(look.tree().read(pid + "/status")).contextSwitches();
    } catch (IOException e) {
      look.gaps().ofProcess("proc/PID/status", pid, e);
      return null;
    }
  }
}
