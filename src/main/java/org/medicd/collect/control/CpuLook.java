package org.medicd.collect.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.Cgroup;
import org.medicd.linux.cgroup.Amount;
import org.medicd.linux.cgroup.CpuStat;

/** The CPU time of one group, with the counters of the look before. */
final class CpuLook {
  private static final CpuStat NONE = new CpuStat(null, null, null, null);
  private static final int NANOS_PER_MICRO = 1000;

  private final Average average = new Average();
  private CpuStat last = NONE;
  private long lastNanos;

  Cgroup.Cpu look(Place place, GroupFiles files, Limits limits, long nowNanos) {
    CpuStat now = stat(place, files);
    CpuStat before = last;
    Duration elapsed = Duration.ofNanos(nowNanos - lastNanos);
    last = now;
    lastNanos = nowNanos;
    double micros = elapsed.toNanos() / (double) NANOS_PER_MICRO;
    Double percent = ratio(grown(before.usageMicros(), now.usageMicros()), micros, 100);
    if (percent != null) {
      average.add(percent, elapsed);
    }
    return new Cgroup.Cpu(
        percent,
        now.usageMicros() == null ? null : average.value(),
        limits.cpuQuota(place),
        throttledPercent(before, now),
        ratio(grown(before.throttledMicros(), now.throttledMicros()), micros, 1000));
  }

  /** The unified hierarchy counts the time of every group, whatever controllers it has. */
  private static CpuStat stat(Place place, GroupFiles files) {
    CpuStat unified = orNone(files.read(place.unified(), "cpu.stat", CpuStat::parse));
    if (!place.hierarchies().isLegacy("cpu")) {
      return unified;
    }
    CpuStat legacy = orNone(files.read(place.own("cpu"), "cpu.stat", CpuStat::parse));
    Long usage = unified.usageMicros();
    if (usage == null) {
      Long nanos =
          files.read(
              place.own("cpuacct"), "cpuacct.usage", text -> Amount.parse("cpuacct.usage", text));
      usage = nanos == null ? null : (Long) (nanos / NANOS_PER_MICRO);
    }
    return new CpuStat(usage, legacy.periods(), legacy.throttled(), legacy.throttledMicros());
  }

  private static CpuStat orNone(@Nullable CpuStat stat) {
    return stat != null ? stat : NONE;
  }

  private static @Nullable Double throttledPercent(CpuStat before, CpuStat now) {
    Long periods = grown(before.periods(), now.periods());
    Long throttled = grown(before.throttled(), now.throttled());
    if (periods != null && periods == 0) {
      return 0.0;
    }
    return periods == null ? null : ratio(throttled, periods, 100);
  }

  /** A counter that went back is another group's. */
  private static @Nullable Long grown(@Nullable Long before, @Nullable Long now) {
    return before == null || now == null || now < before ? null : (Long) (now - before);
  }

  private static @Nullable Double ratio(@Nullable Long part, double whole, int scale) {
    return part == null || whole <= 0 ? null : (Double) Average.tenths(scale * part / whole);
  }
}
