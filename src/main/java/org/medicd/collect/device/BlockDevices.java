package org.medicd.collect.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.Fact;
import org.medicd.linux.KernelFiles;
import org.medicd.linux.proc.DiskStats;
import org.medicd.linux.proc.DiskStats.Disk;

/**
 * Looks at the block devices: whole ones, mapped ones and arrays, not their partitions. Loop
 * devices and RAM disks stand by the dozen; they are told once they have traffic.
 */
public final class BlockDevices implements Collector {
  private static final int NAME_BYTES = 256;

  private final ProcTree tree;
  private final Path block;
  private final Map<String, DiskRates> rates = new HashMap<>();
  private Set<String> names = Set.of();
  private Set<String> whole = Set.of();

  /**
   * @param sys /sys, or a captured copy of it
   */
  public BlockDevices(ProcTree tree, Path sys) {
    this.tree = tree;
    this.block = sys.resolve("block");
  }

  @Override
  public String aspect() {
    return "block devices";
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(BlockDevice.class);
  }

  @Override
  public List<BlockDevice> look(Scene scene) throws IOException {
    List<Disk> disks = DiskStats.parse(tree.read("diskstats")).disks();
    if (!knowsAll(disks)) {
      findWholeDevices(disks, scene);
    }
    List<BlockDevice> facts = new ArrayList<>();
    for (Disk disk : disks) {
      if (!whole.contains(disk.name())) {
        continue;
      }
      DiskRates known = rates.get(disk.name());
      if (known == null || !known.isOf(disk)) {
        known = new DiskRates(disk, mapperName(disk.name()), scene.nowNanos());
        rates.put(disk.name(), known);
      }
      BlockDevice fact = known.see(disk, scene.nowNanos());
      if (known.wasUsed() || !isMadeByTheDozen(disk.name())) {
        facts.add(fact);
      }
    }
    return facts;
  }

  private boolean knowsAll(List<Disk> disks) {
    return disks.size() == names.size()
        && disks.stream().allMatch(disk -> names.contains(disk.name()));
  }

  /** The kernel writes / in a name as ! below /sys. */
  private void findWholeDevices(List<Disk> disks, Scene scene) {
    names = new HashSet<>();
    whole = new HashSet<>();
    String[] listed = block.toFile().list();
    Set<String> entries = listed == null ? Set.of() : Set.of(listed);
    for (Disk disk : disks) {
      names.add(disk.name());
      if (entries.contains(disk.name().replace('/', '!'))) {
        whole.add(disk.name());
      }
    }
    rates.keySet().retainAll(whole);
    if (listed == null) {
      names = Set.of();
      scene.gaps().add("sys/block", "the host", "cannot be listed");
    }
  }

  /** Null of what is not mapped. Read once: it is the same as long as the device is. */
  private @Nullable String mapperName(String name) {
    if (!name.startsWith("dm-")) {
      return null;
    }
    try {
      return KernelFiles.read(block + "/" + name + "/dm/name", NAME_BYTES).strip();
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isMadeByTheDozen(String name) {
    return name.startsWith("loop") || name.startsWith("ram") || name.startsWith("zram");
  }
}
