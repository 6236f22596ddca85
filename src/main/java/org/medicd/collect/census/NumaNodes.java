package org.medicd.collect.census;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.linux.proc.CpuList;

/** Which CPU belongs to which NUMA node, from /sys/devices/system/node. */
public record NumaNodes(Map<Integer, Integer> byCpu) {
  public NumaNodes {
    byCpu = Map.copyOf(byCpu);
  }

  /** The node of a CPU; null where it is not known. */
  @Nullable Integer of(int cpu) {
    return byCpu.get(cpu);
  }

  /**
   * Reads them once: nodes come and go with hardware only.
   *
   * @param sys /sys, or a captured copy of it
   */
  public static NumaNodes read(java.nio.file.Path sys) {
    Map<Integer, Integer> byCpu = new HashMap<>();
    ProcTree nodes = new ProcTree(sys.resolve("devices/system/node"));
    try {
      for (int cpuless = 0, node = 0; cpuless < 2; node++) {
        String file = "node" + node + "/cpulist";
        if (!nodes.exists(file)) {
          cpuless++; // numbers may have a gap
          continue;
        }
        for (int cpu : CpuList.parse(nodes.read(file))) {
          byCpu.put(cpu, node);
        }
      }
    } catch (IOException e) {
      return new NumaNodes(Map.of());
    }
    return new NumaNodes(byCpu);
  }
}
