package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;
import org.medicd.collect.Trend;
import org.medicd.fact.Growth;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.linux.proc.PidStat;

/**
 * A process as it is shown: its stat, and what closer looks tell of it. Closer looks are for those
 * who are busy, large, blocked or suspected, and for what a rule asks for.
 */
final class Portrait {
  private final Watched self;
  private final ProcessDetails details;
  private final Demand demand = new Demand();
  private final Memory memory = new Memory();
  private final Blocking blocking;
  private Identity identity = Identity.UNKNOWN;
  private boolean identityIsOld;
  private @Nullable Trend threadTrend;
  private @Nullable Samples samples;
  private @Nullable Faults faults;
  private Proc.Scheduling scheduling = Proc.Scheduling.UNKNOWN;
  private @Nullable Proc shown;

  Portrait(Watched self) {
    this.self = self;
    this.details = new ProcessDetails(self);
    this.blocking = new Blocking(details);
  }

  @Nullable Proc shown() {
    return shown;
  }

  Blocking blocking() {
    return blocking;
  }

  /** Not to be missed in any tick. */
  boolean isTense() {
    return demand.isWatched() || blocking.isAny();
  }

  /** Whether something of it is worth watching closely. */
  boolean isSuspicious() {
    return demand.isWatched() || blocking.isAny() || memory.isWatched();
  }

  /** In ticks, a power of two: a trend wants its samples in time. */
  int widestSpacing(Look look) {
    int widest = look.settings().widestSpacing();
    return memory.isWatched() ? Math.min(widest, look.settings().trendSpacing()) : widest;
  }

  /** Whether there is more to see than its stat, though that is what it was. */
  boolean isDue(Look look) {
    return isTense()
        || memory.isDue(look)
        || isIdentityDue()
        || wantsSample(look)
        || threadTrend != null && threadTrend.isDue(look.nowNanos())
        || look.wanted().age() && (shown == null || !Age.of(self, look).equals(shown.ageSeconds()));
  }

  /** Has its program, user and unit read again with the next look. */
  void renewIdentity() {
    identityIsOld = true;
  }

  private boolean isIdentityDue() {
    return identityIsOld || Identity.isDue(self.pid(), self.looks(), self.commChanged());
  }

  private boolean wantsSample(Look look) {
    return look.wanted().samples()
        && hasProgram()
        && (samples == null
            || samples.isDue(look.nowNanos(), self.isNamed(), isTense(), look.wanted().rates()));
  }

  private boolean hasProgram() {
    return !self.stat().isKernelThread() && self.stat().state() != 'Z';
  }

  /** Looks closely; returns the same object as before where nothing has changed. */
  Proc draw(Look look) {
    PidStat stat = self.stat();
    if (isIdentityDue()) {
      lookAtIdentity(look);
    }
    Double demandAvg10 =
        demand.look(look, stat, self.rates().cpuPercent(), self.rates().cpuAvg10());
    memory.look(look, self);
    Wait wait = blocking.look(look, stat);
    lookAtSamples(look);
    Proc before = shown;
    Proc now = proc(look, demandAvg10, wait);
    boolean same = !self.changed() && now.equals(before);
    shown = same && before != null ? before : now;
    return shown;
  }

  private void lookAtIdentity(Look look) {
    identity = Identity.read(self.pid(), look).sharing(look.texts()::of);
    identityIsOld = false;
    self.moveTo(look.groups(), identity.cpuGroup());
    if (hasProgram()) {
      look.details().askCommandLine(self.pid(), details);
    }
  }

  private void lookAtSamples(Look look) {
    if (!look.wanted().samples()) {
      samples = null;
      return;
    }
    if (wantsSample(look)) {
      samples = samples != null ? samples : new Samples(look.settings().leakWindow());
      samples.asked(look.nowNanos());
      look.details().askSample(self.pid(), look.wanted(), details);
    }
    Sample sample = details.takeSample();
    if (sample != null && samples != null) {
      samples.take(sample);
      if (sample.failure() != null) {
        look.gaps().ofProcess("proc/PID/io", self.pid(), sample.failure());
      }
    }
  }

  private Proc.Io io(Look look) {
    if (look.wanted().faults()) {
      faults = Faults.next(faults, self.stat(), look.nowNanos());
    }
    Samples sampled = samples;
    if (sampled == null && faults == null) {
      return Proc.Io.UNKNOWN;
    }
    return new Proc.Io(
        sampled == null ? null : sampled.readBytesPerSecond(),
        sampled == null ? null : sampled.writeBytesPerSecond(),
        faults == null ? null : faults.minorPerSecond(),
        faults == null ? null : faults.majorPerSecond(),
        sampled == null ? null : sampled.contextSwitchesPerSecond());
  }

  private Proc.Scheduling scheduling(Look look) {
    if (look.wanted().scheduling()) {
      Sample sample = samples == null ? null : samples.last();
      scheduling =
          SchedulingLook.of(
              self, look.settings().nodes(), sample == null ? null : sample.cpus(), scheduling);
    }
    return scheduling;
  }

  private Growth threadGrowth(Look look) {
    if (!look.wanted().threadGrowth()) {
      threadTrend = null;
      return Growth.UNKNOWN;
    }
    Trend trend = threadTrend != null ? threadTrend : new Trend(look.settings().leakWindow());
    threadTrend = trend;
    if (trend.isDue(look.nowNanos())) {
      trend.add(self.stat().threads(), look.nowNanos());
    }
    return trend.growth(null);
  }

  private Proc proc(Look look, @Nullable Double demandAvg10, @Nullable Wait wait) {
    PidStat stat = self.stat();
    Rates rates = self.rates();
    return new Proc(
        stat.id(),
        stat.parent(),
        stat.comm(),
        identity.executable(),
        details.commandLine,
        ProcState.of(stat.state()),
        stat.threads(),
        self.startedAt(),
        look.wanted().age() ? Age.of(self, look) : null,
        identity.uid(),
        identity.user(),
        stat.isKernelThread(),
        stat.session(),
        stat.terminal(),
        look.settings().isExempt(stat),
        identity.cgroup(),
        identity.unit(),
        rates.cpuPercent(),
        rates.cpuAvg10(),
        rates.cpuAvg60(),
        rates.cpuAvg300(),
        demandAvg10,
        self.rssBytes(),
        memory.anonBytes(),
        memory.growth(look),
        threadGrowth(look),
        self.kin().zombies(),
        blocking.seconds(look.nowNanos()),
        wait == null ? null : wait.wchan(),
        wait == null ? null : wait.on(),
        io(look),
        scheduling(look),
        samples == null ? Proc.Holdings.UNKNOWN : samples.holdings(),
        self.kin().family());
  }
}
