package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;

/**
 * One mounted hierarchy of control groups.
 *
 * @param mountPoint where
 * @param root the group that is shown there; "/" but for a mount of a part
 */
public record Hierarchy(String mountPoint, String root) {
  /**
   * The folder of a group.
   *
   * @param path as /proc/PID/cgroup tells it
   * @return null where the mount does not show that group
   */
  public @Nullable String folder(String path) {
    if (path.startsWith("/..")) {
      return null;
    }
    if (root.equals("/")) {
      return path.equals("/") ? mountPoint : mountPoint + path;
    }
    boolean below = path.startsWith(root) && path.startsWith("/", root.length());
    return below || path.equals(root) ? mountPoint + path.substring(root.length()) : null;
  }

  /** The group above; null above the root of what is mounted. */
  public @Nullable String above(String path) {
    int slash = path.lastIndexOf('/');
    if (path.equals(root) || path.equals("/") || slash < 0) {
      return null;
    }
    return slash == 0 ? "/" : path.substring(0, slash);
  }
}
