package org.medicd.collect.census;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Growth;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStat;
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
  private byte[] line;
  private @Nullable HeldStat held;
  private boolean unchanged;
  private boolean commChanged;
  private int looks;
  private boolean fresh = true;
  private Blocked.@Nullable Longest waiting;
  private long waitAskedNanos;
  private @Nullable Proc shown;
  private boolean isAtRest;
  private Duration rested = Duration.ZERO;

  /** First seen with this line of its stat. */
  Watched(PidStat stat, byte[] line, Instant startedAt) {
    this.stat = stat;
    this.line = line;
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

  @Nullable HeldStat held() {
    return held;
  }

  void hold(HeldStat opened) {
    held = opened;
  }

  /** Whether its stat reads as it did in the look before. */
  boolean showedLine(byte[] bytes, int length) {
    unchanged = Arrays.equals(line, 0, line.length, bytes, 0, length);
    commChanged &= !unchanged;
    fresh |= unchanged;
    return unchanged;
  }

  void saw(PidStat now, byte[] nowLine) {
    commChanged = !now.comm().equals(stat.comm());
    stat = now;
    line = nowLine;
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
    Proc before = shown;
    if (!fresh && before != null) {
      return before;
    }
    looks++;
    boolean identityIsDue = Identity.isDue(stat.pid(), looks, commChanged);
    if (before != null && !identityIsDue && nothingHappened(before, zombieChildren)) {
      rested = rested.plus(look.elapsed());
      return before;
    }
    if (identityIsDue) {
      lookAtIdentity(look);
    }
    Proc now = lookClosely(look, zombieChildren);
    Proc same = before != null && before.equals(now) ? before : now;
    shown = same;
    return same;
  }

  /** The case of nearly all processes at nearly all times, and so worth a short cut. */
  private boolean nothingHappened(Proc before, int zombieChildren) {
    return unchanged
        && isAtRest
        && blocked.longest() == null
        && before.zombieChildren() == zombieChildren
        && Objects.equals(before.commandLine(), details.commandLine);
  }

  private void lookAtIdentity(Look look) {
    identity = Identity.read(look.tree(), stat.pid(), look.details().passwd(), look.gaps());
    if (!stat.isKernelThread() && stat.state() != 'Z') {
      look.details().askCommandLine(stat.pid(), details);
    }
  }

  private Proc lookClosely(Look look, int zombieChildren) {
    int pid = stat.pid();
    rates.rest(rested);
    rested = Duration.ZERO;
    rates.add(stat.cpuTicks(), look.elapsed());
    Double demandAvg10 = null;
    boolean busy = demand.isBusy(rates.cpuPercent(), stat.state(), look.elapsed());
    if (busy) {
      demand.look(look.tree(), pid, rates.cpuPercent(), look.elapsed(), look.gaps());
      demandAvg10 = demand.avg10(rates.cpuAvg10());
    }
    memory.look(look, pid, rssBytes());
    Wait wait = lookAtBlocking(look);
    isAtRest = !busy && rates.areZero() && !memory.isSuspected() && waiting == null;
    return proc(look, zombieChildren, demandAvg10, wait);
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
        null,
        identity.uid(),
        identity.user(),
        stat.isKernelThread(),
        stat.session(),
        stat.terminal(),
        isExempt(look.settings()),
        identity.cgroup(),
        identity.unit(),
        rates.cpuPercent(),
        rates.cpuAvg10(),
        null,
        null,
        demandAvg10,
        rssBytes(),
        memory.anonBytes(),
        memory.growth(),
        Growth.UNKNOWN,
        zombieChildren,
        waiting == null ? null : (Double) waiting.seconds(look.nowNanos()),
        wait == null ? null : wait.wchan(),
        wait == null ? null : wait.on(),
        Proc.Io.UNKNOWN,
        Proc.Scheduling.UNKNOWN,
        Proc.Holdings.UNKNOWN,
        Proc.Family.UNKNOWN);
  }
}
