package org.medicd.collect.census;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.fact.Host;
import org.medicd.fact.Pressure;
import org.medicd.linux.proc.HostStat;
import org.medicd.linux.proc.HostStat.CpuTicks;
import org.medicd.linux.proc.LoadAvg;
import org.medicd.linux.proc.MemInfo;
import org.medicd.linux.proc.PressureFile;

/** Looks at the machine as a whole and keeps the CPU counters of the look before. */
final class HostLook {
  private static final List<String> RESOURCES = List.of("cpu", "memory", "io");

  private final ProcTree tree;
  private final Average busyAverage = new Average();
  private @Nullable CpuTicks last;

  HostLook(ProcTree tree) {
    this.tree = tree;
  }

  @Nullable HostStat stat(Gaps gaps) {
    try {
      return HostStat.parse(tree.read("stat"));
    } catch (IOException e) {
      gaps.ofHost("proc/stat", e);
      return null;
    }
  }

  Host look(HostStat stat, Population population, Duration elapsed, Gaps gaps) {
    CpuTicks now = stat.all();
    CpuTicks before = last != null ? last : now;
    last = now;
    Double busy = percent(before, now, notIdle(now) - notIdle(before));
    if (busy != null) {
      busyAverage.add(busy, elapsed);
    }
    MemInfo memory = memory(gaps);
    LoadAvg load = load(gaps);
    return new Host(
        stat.cpus(),
        busy,
        busyAverage.value(),
        percent(before, now, now.iowait() - before.iowait()),
        percent(before, now, now.steal() - before.steal()),
        memory == null ? null : (Long) memory.totalBytes(),
        memory == null ? null : memory.availableBytes(),
        usedPercent(memory),
        memory == null ? null : memory.swapTotalBytes(),
        memory == null ? null : memory.swapFreeBytes(),
        load == null ? null : (Double) load.load1(),
        load == null ? null : (Double) load.load5(),
        load == null ? null : (Double) load.load15(),
        population.processes(),
        population.zombies(),
        population.blocked());
  }

  List<Pressure> pressures(Gaps gaps) {
    List<Pressure> pressures = new ArrayList<>();
    for (String resource : RESOURCES) {
      try {
        pressures.add(PressureFile.parse(resource, tree.read("pressure/" + resource)));
      } catch (IOException e) {
        gaps.ofHost("proc/pressure/" + resource, e);
      }
    }
    return List.copyOf(pressures);
  }

  private static long notIdle(CpuTicks ticks) {
    return ticks.busy() + ticks.steal();
  }

  /** The kernel's iowait may go back a little; that is none. */
  private static @Nullable Double percent(CpuTicks before, CpuTicks now, long share) {
    long total = now.total() - before.total();
    if (total <= 0) {
      return null;
    }
    return Average.tenths(Math.min(100, 100.0 * Math.max(0, share) / total));
  }

  private static @Nullable Double usedPercent(@Nullable MemInfo memory) {
    Long available = memory == null ? null : memory.availableBytes();
    if (memory == null || available == null || memory.totalBytes() == 0) {
      return null;
    }
    return Average.tenths(100.0 * (memory.totalBytes() - available) / memory.totalBytes());
  }

  private @Nullable MemInfo memory(Gaps gaps) {
    try {
      return MemInfo.parse(tree.read("meminfo"));
    } catch (IOException e) {
      gaps.ofHost("proc/meminfo", e);
      return null;
    }
  }

  private @Nullable LoadAvg load(Gaps gaps) {
    try {
      return LoadAvg.parse(tree.read("loadavg"));
    } catch (IOException e) {
      gaps.ofHost("proc/loadavg", e);
      return null;
    }
  }
}
