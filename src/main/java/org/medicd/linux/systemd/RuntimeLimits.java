package org.medicd.linux.systemd;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.cgroup.Hierarchies;
import org.medicd.linux.cgroup.Hierarchy;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * Limits of units that hold until they are lifted, or the host is started anew. systemd keeps each
 * in a drop-in file below /run, which would hide what an admin writes later: lifting removes it.
 */
public final class RuntimeLimits {
  private static final Path DROP_INS = Path.of("/run/systemd/system.control");

  /** Where the kernel shows a limit, v2 and v1. */
  private record Shown(String controller, List<String> unified, List<String> legacy) {
    static Shown of(UnitLimit.Property property) {
      return switch (property) {
        case CPU_QUOTA -> new Shown("cpu", List.of("cpu.max"), List.of("cpu.cfs_quota_us"));
        case CPU_WEIGHT -> new Shown("cpu", List.of("cpu.weight"), List.of("cpu.shares"));
        case IO_WEIGHT ->
            new Shown(
                "blkio",
                List.of("io.weight", "io.bfq.weight"),
                List.of("blkio.weight", "blkio.bfq.weight"));
        case MEMORY_HIGH -> new Shown("memory", List.of("memory.high"), List.of());
        case TASKS_MAX -> new Shown("pids", List.of("pids.max"), List.of("pids.max"));
      };
    }
  }

  private final SystemdBus systemd;
  private final Path dropIns;

  public RuntimeLimits(SystemdBus systemd) {
    this(systemd, DROP_INS);
  }

  /**
   * @param dropIns where systemd keeps what was set at run time
   */
  public RuntimeLimits(SystemdBus systemd, Path dropIns) {
    this.systemd = systemd;
    this.dropIns = dropIns;
  }

  /**
   * Sets a limit and looks whether the kernel has it.
   *
   * @return what the kernel says, as "cpu.max 50000 100000"
   * @throws SystemdException also where the kernel has no such limit for this unit
   */
  public String set(String unit, UnitLimit limit, Duration within)
      throws SystemdException, IOException {
    Path dropIn = dropIn(unit, limit.property());
    if (Files.exists(dropIn)) {
      throw new SystemdException(
          Kind.REFUSED,
          limit.property().setting()
              + " of "
              + unit
              + " was set at run time by somebody else ("
              + dropIn
              + "): medicd leaves it as it is");
    }
    String before = systemd.standing(unit, limit.property(), within);
    systemd.limit(unit, limit.property(), limit.text(), within);
    String now = systemd.standing(unit, limit.property(), within);
    String shown = shown(unit, limit.property(), within);
    if (shown == null) {
      lift(unit, limit.property().setting(), now, before, within);
      throw new SystemdException(
          Kind.REFUSED,
          "the kernel has no "
              + limit.property().setting()
              + " for "
              + unit
              + ": its control group lacks that controller (MemoryHigh needs cgroup v2)");
    }
    return shown;
  }

  /**
   * Takes a limit back; one that is not as medicd set it is somebody else's by now.
   *
   * @return what became of it, in words
   */
  public String lift(String unit, String setting, String value, String before, Duration within)
      throws SystemdException, IOException {
    UnitLimit.Property property = UnitLimit.Property.named(setting);
    String now = systemd.standing(unit, property, within);
    boolean lifted = now.equals(before); // medicd may have died before it could remove the file
    if (!lifted && !now.equals(value)) {
      return setting + " of " + unit + " is " + now + " by now, and stays so";
    }
    if (!lifted) {
      systemd.limit(unit, property, before, within);
    }
    if (Files.isWritable(dropIns)) {
      forget(unit, setting, within);
    } else if (Files.exists(dropIn(unit, property))) {
      systemd.begin(InstanceName.ofChore("lease 0 forget-limit " + setting + " " + unit), within);
    }
    return setting + " of " + unit + " is " + before + " again";
  }

  private Path dropIn(String unit, UnitLimit.Property property) {
    return dropIns.resolve(unit + ".d").resolve("50-" + property.setting() + ".conf");
  }

  /**
   * Removes the file in which systemd keeps a limit. Needs root.
   *
   * @return false where there is none
   * @throws IllegalArgumentException for a setting, or a unit's name, that there cannot be
   */
  public boolean forget(String unit, String setting, Duration within)
      throws SystemdException, IOException {
    if (unit.contains("/") || unit.startsWith(".")) {
      throw new IllegalArgumentException("no unit is named '" + unit + "'");
    }
    Path dropIn = dropIn(unit, UnitLimit.Property.named(setting));
    if (!Files.deleteIfExists(dropIn)) {
      return false;
    }
    try {
      Files.delete(dropIn.getParent());
    } catch (DirectoryNotEmptyException e) {
      // others have theirs in it
    }
    systemd.reloadUnitFiles(within);
    return true;
  }

  private @Nullable String shown(String unit, UnitLimit.Property property, Duration within)
      throws SystemdException, IOException {
    Hierarchies hierarchies = Hierarchies.ofThisHost();
    Shown shown = Shown.of(property);
    boolean legacy = hierarchies.isLegacy(shown.controller());
    Hierarchy hierarchy = hierarchies.of(shown.controller());
    String group = systemd.controlGroup(unit, within);
    String folder = hierarchy == null || group.isEmpty() ? null : hierarchy.folder(group);
    for (String file : legacy ? shown.legacy() : shown.unified()) {
      Path path = folder == null ? null : Path.of(folder, file);
      if (path != null && Files.exists(path)) {
        return file + " " + Files.readString(path).strip();
      }
    }
    return null;
  }
}
