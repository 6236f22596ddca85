package org.medicd.collect.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Control groups below a folder that looks like /sys/fs/cgroup, of v2 or hybrid. */
final class GroupFolder {
  private static final String HYBRID_V1 =
      "1 1 0:1 / /sys/fs/cgroup/%1$s rw - cgroup cgroup rw,%1$s\n";

  private final Path root;

  /**
   * @param host folder that has proc and sys in it
   */
  GroupFolder(Path host) {
    root = host.resolve("sys/fs/cgroup");
  }

  static String unifiedMounts() {
    return "30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
  }

  static String hybridMounts() {
    StringBuilder mounts = new StringBuilder();
    for (String controller : new String[] {"cpu", "cpuacct", "memory", "pids", "freezer"}) {
      mounts.append(HYBRID_V1.formatted(controller));
    }
    return mounts + "2 1 0:9 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
  }

  /** Writes lines "file: content". */
  GroupFolder group(String path, String... files) {
    try {
      Path folder = Files.createDirectories(root.resolve(path));
      for (String file : files) {
        int colon = file.indexOf(": ");
        Files.writeString(
            folder.resolve(file.substring(0, colon)), file.substring(colon + 2) + "\n");
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String path) {
    return root.resolve(path);
  }
}
