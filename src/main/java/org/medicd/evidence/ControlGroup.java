package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.cgroup.Hierarchies;
import org.medicd.linux.cgroup.Hierarchy;
import org.medicd.linux.proc.CgroupFile;

/**
 * What the kernel tells of the control group of a process, in each hierarchy that has one.
 *
 * @param unit the group of this unit, where the process is in one below; null: its own group
 */
record ControlGroup(Scene scene, @Nullable String unit) implements Part {
  private static final List<String> UNIFIED =
      List.of(
          "cgroup.events",
          "cpu.max",
          "cpu.weight",
          "cpu.stat",
          "cpu.pressure",
          "memory.current",
          "memory.high",
          "memory.max",
          "memory.swap.current",
          "memory.swap.max",
          "memory.events",
          "memory.pressure",
          "pids.current",
          "pids.max",
          "pids.events",
          "io.max",
          "io.stat",
          "io.pressure",
          "memory.stat");

  private static final Map<String, List<String>> LEGACY =
      Map.of(
          "cpu", List.of("cpu.cfs_quota_us", "cpu.cfs_period_us", "cpu.shares", "cpu.stat"),
          "cpuacct", List.of("cpuacct.usage"),
          "freezer", List.of("freezer.state"),
          "memory",
              List.of(
                  "memory.usage_in_bytes",
                  "memory.limit_in_bytes",
                  "memory.memsw.usage_in_bytes",
                  "memory.failcnt",
                  "memory.oom_control",
                  "memory.stat"),
          "pids", List.of("pids.current", "pids.max"),
          "blkio", List.of("blkio.throttle.io_service_bytes"));

  @Override
  public String name() {
    return "control-group";
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    Hierarchies hierarchies =
        Hierarchies.parse(
            Scene.read(scene.proc().resolve("self/mountinfo"), Scene.LARGE_BYTES), "");
    Map<String, String> paths = CgroupFile.paths(scene.read("cgroup", Scene.SMALL_BYTES));
    write(hierarchies.unified(), paths.get(CgroupFile.UNIFIED), UNIFIED, sheet);
    for (String controller : LEGACY.keySet().stream().sorted().toList()) {
      write(
          hierarchies.byController().get(controller),
          paths.get(controller),
          LEGACY.get(controller),
          sheet);
    }
  }

  private void write(
      @Nullable Hierarchy hierarchy,
      @Nullable String path,
      @Nullable List<String> files,
      Sheet sheet)
      throws IOException {
    String group = path == null ? null : group(path);
    String folder = hierarchy == null || group == null ? null : hierarchy.folder(group);
    if (folder == null || files == null || !Files.isDirectory(Path.of(folder))) {
      return;
    }
    sheet.line(folder);
    for (String file : files) {
      String content = content(Path.of(folder, file));
      if (content.lines().count() == 1) {
        sheet.line("  " + file + ": " + content);
      } else if (!content.isEmpty()) {
        sheet.line("  " + file + ":");
        content.lines().forEach(line -> sheet.line("    " + line));
      }
    }
  }

  /** The part of the path that ends with the unit; null where it is not in that unit there. */
  private @Nullable String group(String path) {
    if (unit == null) {
      return path;
    }
    int at = (path + "/").indexOf("/" + unit + "/");
    return at < 0 ? null : path.substring(0, at + 1 + unit.length());
  }

  /** Empty where the kernel, or this group, has no such file. */
  private static String content(Path file) {
    try {
      return Scene.read(file, Scene.SMALL_BYTES).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return "(unknown: " + Reason.of(e) + ")";
    }
  }
}
