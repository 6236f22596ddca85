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
import org.medicd.linux.proc.LoadAvg;
import org.medicd.linux.proc.MemInfo;
import org.medicd.linux.proc.PressureFile;
import org.medicd.linux.proc.Uptime;
import org.medicd.linux.proc.VmStat;

/** Looks at the machine as a whole. */
final class HostLook {
  private static final List<String> RESOURCES = List.of("cpu", "memory", "io");

  /** A pause of the host is no lateness, or the average would not forget it for minutes. */
  private static final Duration LATEST = Duration.ofSeconds(10);

  private final ProcTree tree;
  private final Duration tick;
  private final Average late = new Average();
  private final CpuLook cpu = new CpuLook();
  private final PagingLook paging = new PagingLook();
  private final LimitsLook limits;

  private interface Parser<T> {
    T parse(String content) throws IOException;
  }

  HostLook(ProcTree tree, Duration tick) {
    this.tree = tree;
    this.tick = tick;
    this.limits = new LimitsLook(tree);
  }

  @Nullable HostStat stat(Gaps gaps) {
    return read("stat", HostStat::parse, gaps);
  }

  Host look(HostStat stat, Population population, Duration elapsed, Gaps gaps) {
    cpu.see(stat, elapsed);
    MemInfo memory = read("meminfo", MemInfo::parse, gaps);
    LoadAvg load = read("loadavg", LoadAvg::parse, gaps);
    Double load1 = load == null ? null : (Double) load.load1();
    return new Host(
        stat.cpus(),
        cpu.busyPercent(),
        cpu.busyAvg10(),
        cpu.iowaitPercent(),
        cpu.stealPercent(),
        memory == null ? null : (Long) memory.totalBytes(),
        memory == null ? null : memory.availableBytes(),
        usedPercent(memory),
        memory == null ? null : memory.swapTotalBytes(),
        memory == null ? null : memory.swapFreeBytes(),
        load1,
        load == null ? null : (Double) load.load5(),
        load == null ? null : (Double) load.load15(),
        population.processes(),
        population.zombies(),
        population.blocked(),
        late(elapsed),
        minutes(read("uptime", Uptime::parse, gaps)),
        cpu.cpu(stat, load1),
        memory == null ? Host.Memory.UNKNOWN : held(memory),
        paging.see(read("vmstat", VmStat::parse, gaps), elapsed),
        limits.tasks(load == null ? null : load.tasks(), gaps),
        limits.files(gaps));
  }

  private @Nullable Long late(Duration elapsed) {
    if (!elapsed.isZero()) {
      Duration counted = elapsed.compareTo(LATEST) > 0 ? LATEST : elapsed;
      late.add(Math.max(0, counted.minus(tick).toMillis()), counted);
    }
    Double value = late.value();
    return value == null ? null : (Long) Math.round(value);
  }

  private static @Nullable Long minutes(@Nullable Uptime uptime) {
    return uptime == null ? null : (Long) (long) (uptime.seconds() / 60);
  }

  List<Pressure> pressures(Gaps gaps) {
    List<Pressure> pressures = new ArrayList<>();
    for (String resource : RESOURCES) {
      Pressure pressure =
          read("pressure/" + resource, content -> PressureFile.parse(resource, content), gaps);
      if (pressure != null) {
        pressures.add(pressure);
      }
    }
    return List.copyOf(pressures);
  }

  private static @Nullable Double usedPercent(@Nullable MemInfo memory) {
    Long available = memory == null ? null : memory.availableBytes();
    if (memory == null || available == null || memory.totalBytes() == 0) {
      return null;
    }
    return Average.tenths(100.0 * (memory.totalBytes() - available) / memory.totalBytes());
  }

  private static Host.Memory held(MemInfo memory) {
    return new Host.Memory(
        memory.cachedBytes(),
        memory.dirtyBytes(),
        memory.writebackBytes(),
        memory.slabReclaimableBytes(),
        memory.slabUnreclaimableBytes(),
        memory.shmemBytes());
  }

  private <T> @Nullable T read(String file, Parser<T> parser, Gaps gaps) {
    try {
      return parser.parse(tree.read(file));
    } catch (IOException e) {
      gaps.ofHost("proc/" + file, e);
      return null;
    }
  }
}
