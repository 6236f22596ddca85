package org.medicd.collect.census;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.Host;
import org.medicd.linux.proc.HostStat;
import org.medicd.linux.proc.HostStat.CpuTicks;

/** Where the time of the CPUs went since the look before. */
final class CpuLook {
  /**
   * In percent of all CPUs.
   *
   * @param busy neither idle nor waiting for I/O
   */
  private record Shares(
      double busy,
      double iowait,
      double steal,
      double user,
      double nice,
      double system,
      double irq) {}

  private final Average busy10 = new Average();
  private final Average busy60 = new Average(Duration.ofMinutes(1));
  private final Average busy300 = new Average(Duration.ofMinutes(5));
  private @Nullable HostStat last;
  private @Nullable Shares shares;
  private @Nullable Double forksPerSecond;
  private @Nullable Double switchesPerSecond;

  void see(HostStat now, Duration elapsed) {
    HostStat before = last != null ? last : now;
    last = now;
    Shares seen = shares(before.all(), now.all());
    shares = seen;
    forksPerSecond = perSecond(before.forks(), now.forks(), elapsed);
    switchesPerSecond = perSecond(before.contextSwitches(), now.contextSwitches(), elapsed);
    if (seen != null) {
      busy10.add(seen.busy(), elapsed);
      busy60.add(seen.busy(), elapsed);
      busy300.add(seen.busy(), elapsed);
    }
  }

  private static @Nullable Shares shares(CpuTicks before, CpuTicks now) {
    long total = now.total() - before.total();
    return total <= 0
        ? null
        : new Shares(
            percent(now.busy() + now.steal() - before.busy() - before.steal(), total),
            percent(now.iowait() - before.iowait(), total),
            percent(now.steal() - before.steal(), total),
            percent(now.user() - before.user(), total),
            percent(now.nice() - before.nice(), total),
            percent(now.system() - before.system(), total),
            percent(now.irq() - before.irq(), total));
  }

  /** The kernel's iowait may go back a little; that is none. */
  private static double percent(long share, long total) {
    return Average.tenths(Math.min(100, 100.0 * Math.max(0, share) / total));
  }

  /** Null in the first look, and for a counter that is missing or went back. */
  static @Nullable Double perSecond(@Nullable Long before, @Nullable Long now, Duration elapsed) {
    boolean known = before != null && now != null && now >= before && elapsed.toNanos() > 0;
    return known && before != null && now != null
        ? (Double) Average.tenths((now - before) / Average.seconds(elapsed))
        : null;
  }

  @Nullable Double busyPercent() {
    return shares == null ? null : (Double) shares.busy();
  }

  @Nullable Double busyAvg10() {
    return busy10.value();
  }

  @Nullable Double iowaitPercent() {
    return shares == null ? null : (Double) shares.iowait();
  }

  @Nullable Double stealPercent() {
    return shares == null ? null : (Double) shares.steal();
  }

  Host.Cpu cpu(HostStat now, @Nullable Double load1) {
    Shares seen = shares;
    return new Host.Cpu(
        busy60.value(),
        busy300.value(),
        seen == null ? null : (Double) seen.user(),
        seen == null ? null : (Double) seen.nice(),
        seen == null ? null : (Double) seen.system(),
        seen == null ? null : (Double) seen.irq(),
        now.processesRunning(),
        load1 == null ? null : (Double) (Math.round(load1 / now.cpus() * 100) / 100.0),
        forksPerSecond,
        switchesPerSecond);
  }
}
