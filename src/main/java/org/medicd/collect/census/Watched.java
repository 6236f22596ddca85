package org.medicd.collect.census;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStat;
import org.medicd.linux.proc.PidStat;

/**
 * One process: its stat as last read, when it is due again, and what it is shown as. For the tick's
 * thread only.
 */
final class Watched {
  /** From here on its averages must be exact to the tick. */
  private static final double BUSY_PERCENT = 1;

  private static final int NEW_LOOKS = 5;

  private final Instant startedAt;
  private final Rhythm rhythm = new Rhythm();
  private final Rates rates = new Rates();
  private final Kin kin = new Kin();
  private final Portrait portrait = new Portrait(this);
  private PidStat stat;
  private byte[] line;
  private @Nullable HeldStat held;
  private long readInTick;
  private long spentTicks;
  private int looks;
  private boolean changed = true;
  private boolean commChanged;
  private boolean stirred;
  private boolean suspect;
  private boolean ended;
  private @Nullable CpuGroup group;

  /** First seen with this line of its stat. */
  Watched(PidStat stat, byte[] line, Look look) {
    this.stat = stat;
    this.line = line;
    this.startedAt = look.boot().plus(afterBoot(stat));
    plan(look);
  }

  private static Duration afterBoot(PidStat stat) {
    long ticks = Math.max(0, stat.startTicks());
    long perSecond = Kernel.ticksPerSecond();
    return Duration.ofSeconds(ticks / perSecond)
        .plusNanos(ticks % perSecond * 1_000_000_000L / perSecond);
  }

  /** Whether this line of its stat is that of the look before. */
  boolean showsAgain(byte[] bytes, int length) {
    changed = !Arrays.equals(line, 0, line.length, bytes, 0, length);
    commChanged &= changed;
    return !changed;
  }

  void shows(PidStat now, byte[] nowLine) {
    commChanged = !now.comm().equals(stat.comm());
    spentTicks = Math.max(0, now.cpuTicks() - stat.cpuTicks());
    stat = now;
    line = nowLine;
  }

  /** Its stat could not be read this time: what was seen before stands, beside the gap. */
  void missed() {
    rhythm.stir();
  }

  /** Nothing told of it until then, so what it has done since was done after. */
  void restedUntil(long nanos) {
    rates.rested(nanos);
  }

  /**
   * After a look at its stat: reckons its rates and plans the next look.
   *
   * @return CPU time that it used since the look before, in microseconds
   */
  long plan(Look look) {
    looks++;
    long used = changed ? spentTicks * (1_000_000 / Kernel.ticksPerSecond()) : 0;
    if (group != null) {
      group.explain(used);
    }
    if (looks > 1 && !changed && rates.areZero()) {
      rates.rested(look.nowNanos());
    } else {
      rates.keep(look.wanted().cpuAvg60(), look.wanted().cpuAvg300());
      rates.add(stat.cpuTicks(), look.nowNanos());
    }
    readInTick = look.tick();
    rhythm.looked(look.tick(), pid(), changed, isBusy(), portrait.widestSpacing(look));
    stirred |= changed || !rates.areZero() || portrait.isDue(look);
    return used;
  }

  private boolean isBusy() {
    Double cpu = rates.cpuAvg10();
    char state = stat.state();
    return suspect
        || looks < NEW_LOOKS
        || state == 'R'
        || state == 'D'
        || cpu != null && cpu >= BUSY_PERCENT
        || portrait.isTense();
  }

  boolean isDue(long tick) {
    return rhythm.isDue(tick);
  }

  /** To be looked at in the next tick, and shown anew in this. */
  void stir() {
    rhythm.stir();
    stirred = true;
  }

  /** What it is to be shown as; the same object as before where nothing has changed. */
  Proc show(Look look) {
    Proc before = portrait.shown();
    if (!stirred && before != null) {
      return before;
    }
    stirred = false;
    return portrait.draw(look);
  }

  ProcessId id() {
    return stat.id();
  }

  int pid() {
    return stat.pid();
  }

  PidStat stat() {
    return stat;
  }

  byte[] line() {
    return line;
  }

  Instant startedAt() {
    return startedAt;
  }

  int looks() {
    return looks;
  }

  boolean wasReadIn(long tick) {
    return readInTick == tick;
  }

  boolean changed() {
    return changed;
  }

  boolean commChanged() {
    return commChanged;
  }

  Rates rates() {
    return rates;
  }

  Kin kin() {
    return kin;
  }

  Portrait portrait() {
    return portrait;
  }

  long rssBytes() {
    return stat.rssPages() * Kernel.pageBytes();
  }

  /** Its average over 10 s in tenths of a percent; 0 while it is not known. */
  long cpuTenths() {
    Double cpu = rates.cpuAvg10();
    return cpu == null ? 0 : Math.round(10 * cpu);
  }

  @Nullable HeldStat held() {
    return held;
  }

  void hold(HeldStat opened) {
    held = opened;
  }

  /** A symptom or an open incident names it: who it is must be known as of now. */
  void suspect(boolean now) {
    if (now && !suspect) {
      portrait.renewIdentity();
    }
    suspect = now;
    rhythm.stir();
  }

  boolean isNamed() {
    return suspect;
  }

  /** Worth a descriptor when they are scarce. */
  boolean isSuspect() {
    return suspect || portrait.isSuspicious();
  }

  /** Takes its place in the control group that it is in now. */
  void moveTo(CpuGroups groups, @Nullable String key) {
    group = groups.move(group, key);
  }

  boolean isInFeltGroup() {
    return group != null && group.isFelt();
  }

  void end(CpuGroups groups) {
    ended = true;
    moveTo(groups, null);
  }

  boolean hasEnded() {
    return ended;
  }
}
