package org.medicd.linux.proc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** /proc/PID/cgroup (cgroups(7)): in which control group a process is. */
public final class CgroupFile {
  /** The unified hierarchy among the {@link #paths}: it has no controllers of its own there. */
  public static final String UNIFIED = "";

  private CgroupFile() {}

  /**
   * The path in the unified hierarchy, else in systemd's own. On a hybrid host the unified one may
   * be unused: "/" there gives way to a real path in systemd's.
   */
  public static String parse(String content) throws MalformedKernelFile {
    String unified = null;
    String systemd = null;
    for (String line : content.split("\n")) {
      if (line.startsWith("0::/")) {
        unified = line.substring("0::".length());
      } else {
        String path = pathAfter(":name=systemd:", line);
        systemd = path != null ? path : systemd;
      }
    }
    String chosen = unified == null || unified.equals("/") && systemd != null ? systemd : unified;
    if (chosen == null) {
      throw new MalformedKernelFile(
          "proc/PID/cgroup", "neither the unified nor systemd's hierarchy");
    }
    return chosen;
  }

  /**
   * The path in every hierarchy: by controller on v1 (cpu, memory, name=systemd …), under {@link
   * #UNIFIED} on v2. What is no line of a hierarchy is passed over.
   */
  public static Map<String, String> paths(String content) {
    Map<String, String> paths = new HashMap<>();
    for (String line : content.split("\n")) {
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first > 0 && second > 0 && line.startsWith("/", second + 1)) {
        for (String controller : line.substring(first + 1, second).split(",", -1)) {
          paths.putIfAbsent(controller, line.substring(second + 1));
        }
      }
    }
    return Map.copyOf(paths);
  }

  private static @Nullable String pathAfter(String hierarchy, String line) {
    int at = line.indexOf(hierarchy);
    boolean numbered = at > 0 && line.substring(0, at).chars().allMatch(Character::isDigit);
    String path = numbered ? line.substring(at + hierarchy.length()) : "";
    return path.startsWith("/") ? path : null;
  }
}
