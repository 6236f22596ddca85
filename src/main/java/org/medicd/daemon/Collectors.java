package org.medicd.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.medicd.collect.Collector;
import org.medicd.collect.ProcTree;
import org.medicd.collect.control.CgroupsCollector;
import org.medicd.collect.control.Pools;
import org.medicd.collect.control.UnitsCollector;
import org.medicd.collect.device.BlockDevices;
import org.medicd.collect.device.Filesystems;
import org.medicd.collect.device.NetLinks;
import org.medicd.collect.device.ProcessSockets;
import org.medicd.collect.device.UnansweredSockets;
import org.medicd.collect.kernel.BirthRates;
import org.medicd.collect.kernel.KernelEvents;
import org.medicd.config.PoolBounds;
import org.medicd.linux.Kernel;
import org.medicd.linux.netlink.ProcessEvents;
import org.medicd.linux.systemd.UnitWatch;

/** Every aspect of this host beside its processes. A new collector is named here. */
final class Collectors {
  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");
  private static final Path KMSG = Path.of("/dev/kmsg");

  /** Long enough that a rule of any pack sees an event beside what it caused. */
  private static final Duration EVENTS_HOLD = Duration.ofSeconds(60);

  private static final Duration FILESYSTEM_TREND = Duration.ofMinutes(10);

  private Collectors() {}

  static List<Collector> ofThisHost(
      UnitWatch units, ProcessEvents processEvents, Supplier<List<PoolBounds>> pools) {
    ProcTree proc = new ProcTree(PROC);
    return List.of(
        new BlockDevices(proc, SYS),
        new Filesystems(proc, System::nanoTime, FILESYSTEM_TREND),
        new NetLinks(proc, SYS, System::nanoTime),
        new ProcessSockets(proc),
        new UnansweredSockets(proc),
        new CgroupsCollector(proc, System::nanoTime),
        new UnitsCollector(units),
        new Pools(proc, pools),
        new KernelEvents(KMSG, Kernel::monotonicMicros, EVENTS_HOLD),
        new BirthRates(processEvents));
  }
}
