package org.medicd.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MountInfo;

/**
 * The hierarchies of control groups that this process can see, by /proc/self/mountinfo.
 *
 * @param unified v2; null where it is not mounted
 * @param byController v1: cpu, memory, name=systemd …; a host may have both (hybrid)
 */
public record Hierarchies(@Nullable Hierarchy unified, Map<String, Hierarchy> byController) {
  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;

  public Hierarchies {
    byController = Map.copyOf(byController);
  }

  /**
   * Never fails: a line that is no mount of control groups is passed over. Of two mounts of one
   * hierarchy the one that shows more of it counts, else the first.
   *
   * @param mountInfo the file's content
   * @param hostRoot folder below which the mount points are; "" for the host's own
   */
  public static Hierarchies parse(String mountInfo, String hostRoot) {
    Hierarchy unified = null;
    Map<String, Hierarchy> byController = new HashMap<>();
    for (String line : mountInfo.split("\n")) {
      int type = line.indexOf(" - cgroup");
      String[] before = type < 0 ? new String[0] : line.substring(0, type).split(" ", -1);
      String[] after = type < 0 ? new String[0] : line.substring(type + 3).split(" ", -1);
      if (before.length <= MOUNT_POINT || after.length < 3 || before[ROOT].startsWith("/..")) {
        continue;
      }
      Hierarchy found =
          new Hierarchy(
              hostRoot + MountInfo.unescape(before[MOUNT_POINT]), MountInfo.unescape(before[ROOT]));
      if (after[0].equals("cgroup2")) {
        unified = unified == null ? found : wider(unified, found);
      } else if (after[0].equals("cgroup")) {
        for (String option : after[2].split(",", -1)) {
          byController.merge(option, found, Hierarchies::wider);
        }
      }
    }
    return new Hierarchies(unified, byController);
  }

  /** Those that this process sees now. */
  public static Hierarchies ofThisHost() throws IOException {
    return parse(Files.readString(Path.of("/proc/self/mountinfo")), "");
  }

  private static Hierarchy wider(Hierarchy first, Hierarchy second) {
    return second.root().length() < first.root().length() ? second : first;
  }

  /** Where a controller's files are: on v1 where that has it, else in the unified hierarchy. */
  public @Nullable Hierarchy of(String controller) {
    Hierarchy legacy = byController.get(controller);
    return legacy != null ? legacy : unified;
  }

  /** Whether a controller has a hierarchy of v1. */
  public boolean isLegacy(String controller) {
    return byController.containsKey(controller);
  }
}
