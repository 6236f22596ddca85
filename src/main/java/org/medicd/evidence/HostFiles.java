package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel tells of the whole host: load, pressure, memory, swap, open files, sockets.
 *
 * @param proc /proc, or a tree like it
 */
record HostFiles(Path proc) implements Part {
  private static final List<String> FILES =
      List.of(
          "uptime",
          "loadavg",
          "pressure/cpu",
          "pressure/memory",
          "pressure/io",
          "sys/fs/file-nr",
          "sys/kernel/pid_max",
          "sys/kernel/threads-max",
          "swaps",
          "net/sockstat",
          "meminfo");

  @Override
  public String name() {
    return "host";
  }

  @Override
  public void take(Sheet sheet) {
    for (String file : FILES) {
      sheet.line(file + ":");
      String content;
      try {
        content = Scene.read(proc.resolve(file), Scene.SMALL_BYTES);
      } catch (IOException e) {
        content = "(unknown: " + Reason.of(e) + ")";
      }
      content.lines().forEach(line -> sheet.line("  " + line));
    }
  }
}
