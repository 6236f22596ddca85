package org.medicd.collect;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.PidStat;
import org.medicd.linux.proc.PidStatus;

/** One process and what is remembered of it between looks. For the tick's thread only. */
final class Watched {
  private static final long WAIT_EVERY_NANOS = 3_000_000_000L;

  private final Instant startedAt;
  private final Rates rates = new Rates();
  private final Demand demand = new Demand();
  private final Memory memory = new Memory();
  private final Blocked blocked = new Blocked();
  private final ProcessDetails details = new ProcessDetails();
  private Identity identity = Identity.UNKNOWN;
  private PidStat stat;
  private boolean commChanged;
  private int looks;
  private boolean fresh = true;
  private Blocked.@Nullable Longest waiting;
  private long waitAskedNanos;
  private @Nullable Proc shown;

  Watched(PidStat stat, Instant startedAt) {
    this.stat = stat;
    this.startedAt = startedAt;
  }

  ProcessId id() {
    return stat.id();
  }

  PidStat stat() {
    return stat;
  }

  Blocked blocked() {
    return blocked;
  }

  void saw(PidStat now) {
    commChanged = !now.comm().equals(stat.comm());
    stat = now;
    fresh = true;
  }

  /** Its stat could not be read this time: what was seen before stands, beside the gap. */
  void missed() {
    fresh = false;
  }

  /** It was seen to want much lately: worth a descriptor when they are scarce. */
  boolean isSuspect() {
    Proc proc = shown;
    return proc != null
        && (proc.demandAvg10() != null
            || proc.anonBytes() != null
            || proc.blockedSeconds() != null);
  }

  /** Returns the same object as in the look before where nothing has changed. */
  Proc look(Look look, int zombieChildren) {
    if (!fresh && shown != null) {
      return shown;
    }
    looks++;
    int pid = stat.pid();
    if (Identity.isDue(pid, looks, commChanged)) {
      identity = Identity.read(look.tree(), pid, look.details().passwd(), look.gaps());
      if (!stat.isKernelThread() && stat.state() != 'Z') {
        look.details().askCommandLine(pid, details);
      }
    }
    rates.add(stat.cpuTicks(), look.elapsed());
    Double demandAvg10 = null;
    if (demand.isBusy(rates.cpuPercent(), stat.state(), look.elapsed())) {
      demand.look(look.tree(), pid, rates.cpuPercent(), look.elapsed(), look.gaps());
      demandAvg10 = demand.avg10(rates.cpuAvg10());
    }
    memory.look(look, pid, rssBytes());
    Wait wait = lookAtBlocking(look);
    Proc now = proc(look, zombieChildren, demandAvg10, wait);
    Proc before = shown;
    Proc same = before != null && before.equals(now) ? before : now;
    shown = same;
    return same;
  }

  private long rssBytes() {
    return stat.rssPages() * Kernel.pageBytes();
  }

  private @Nullable Wait lookAtBlocking(Look look) {
    int pid = stat.pid();
    if (stat.state() == 'D') {
      blocked.isIn(pid, contextSwitches(look), look.nowNanos());
    } else {
      blocked.isOut(pid);
    }
    Blocked.Longest longest = blocked.longest();
    if (longest == null || !longest.equals(waiting)) {
      details.wait = null;
      waitAskedNanos = look.nowNanos() - WAIT_EVERY_NANOS;
    }
    boolean isTime = look.nowNanos() - waitAskedNanos >= WAIT_EVERY_NANOS;
    if (longest != null && isTime && look.nowNanos() != longest.sinceNanos()) {
      look.details().askWait(pid, longest.task(), details);
      waitAskedNanos = look.nowNanos();
    }
    waiting = longest;
    Wait wait = longest == null ? null : details.wait;
    if (wait != null && wait.failure() != null) {
      look.gaps().ofProcess("proc/PID/syscall", pid, wait.failure());
    }
    return wait;
  }

  private @Nullable Long contextSwitches(Look look) {
    try {
      return PidStatus.parse(look.tree().read(stat.pid() + "/status")).contextSwitches();
    } catch (IOException e) {
      look.gaps().ofProcess("proc/PID/status", stat.pid(), e);
      return null;
    }
  }

  private boolean isExempt(CensusSettings settings) {
    return stat.isKernelThread()
        || stat.pid() == settings.ownPid()
        || stat.parent() == settings.ownPid();
  }

  private Proc proc(
      Look look, int zombieChildren, @Nullable Double demandAvg10, @Nullable Wait wait) {
    return new Proc(
        stat.id(),
        stat.parent(),
        stat.comm(),
        identity.executable(),
        details.commandLine,
        ProcState.of(stat.state()),
        stat.threads(),
        startedAt,
        identity.uid(),
        identity.user(),
        stat.isKernelThread(),
        isExempt(look.settings()),
        identity.cgroup(),
        identity.unit(),
        rates.cpuPercent(),
        rates.cpuAvg10(),
        demandAvg10,
        rssBytes(),
        memory.anonBytes(),
        memory.growthBytesPerHour(),
        zombieChildren,
        waiting == null ? null : (Double) waiting.seconds(look.nowNanos()),
        wait == null ? null : wait.wchan(),
        wait == null ? null : wait.on());
  }
}
