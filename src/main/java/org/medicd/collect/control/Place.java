package org.medicd.collect.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.cgroup.Hierarchies;
import org.medicd.linux.cgroup.Hierarchy;
import org.medicd.linux.proc.CgroupFile;

/**
 * Where the files of one control group are. On v1 each controller has groups of its own: there one
 * of the same path is the same group only if the processes are in it, or below it.
 *
 * @param path the group's
 * @param paths by controller, of one of its processes
 */
record Place(String path, Hierarchies hierarchies, Map<String, String> paths) {
  /** Where only the unified hierarchy is mounted, a process has no other path. */
  static Place unified(String path, Hierarchies hierarchies) {
    return new Place(path, hierarchies, Map.of(CgroupFile.UNIFIED, path));
  }

  /** Its folder in the unified hierarchy; null where it has none there. */
  @Nullable String unified() {
    return own(hierarchies.unified(), paths.get(CgroupFile.UNIFIED));
  }

  /** Its folder where that controller's files are; null where it shares another's. */
  @Nullable String own(String controller) {
    return hierarchies.isLegacy(controller)
        ? own(hierarchies.byController().get(controller), paths.get(controller))
        : unified();
  }

  /** Any folder of its own, which tells it apart from a later group of the same path. */
  @Nullable String any() {
    String folder = unified();
    for (String controller : hierarchies.byController().keySet()) {
      folder = folder != null ? folder : own(controller);
    }
    return folder;
  }

  /** The path from which on upwards the limits of that controller hold; null where unknown. */
  @Nullable String limited(String controller) {
    String there = hierarchies.isLegacy(controller) ? paths.get(controller) : path;
    return there == null || isWithin(there, path)
        ? own(controller) == null ? null : path
        : isWithin(path, there) ? there : null;
  }

  private @Nullable String own(@Nullable Hierarchy hierarchy, @Nullable String there) {
    return hierarchy != null && there != null && isWithin(there, path)
        ? hierarchy.folder(path)
        : null;
  }

  private static boolean isWithin(String path, String group) {
    return group.equals("/")
        || path.startsWith(group)
            && (path.length() == group.length() || path.charAt(group.length()) == '/');
  }
}
