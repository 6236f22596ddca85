package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcState;
import org.medicd.linux.RunAs;

/**
 * Whether, and as whom, a debugger may look at a process.
 *
 * @param sighting its state before the debugger
 * @param status the fields of /proc/PID/status
 * @param executableUid owner of the executable
 * @param executableMode its permissions
 * @param java runs a Java virtual machine
 * @param python runs an interpreter of Python
 */
record Debuggable(
    Sighting sighting,
    Map<String, String> status,
    int executableUid,
    int executableMode,
    boolean java,
    boolean python) {
  private static final int OTHERS_WRITE = 0022;
  private static final int SIGQUIT = 3;

  /** The interpreter or its library, as mapped: /usr/bin/python3.11, libpython3.11.so.1.0. */
  private static final Pattern PYTHON =
      Pattern.compile("/(lib)?python[0-9.]*(\\.so[0-9.]*)?$", Pattern.MULTILINE);

  /** May hang: maps takes the target's mmap lock, and the executable may be on a dead server. */
  static Debuggable look(Scene scene) throws IOException {
    Sighting sighting = Sighting.parse(scene.read("stat", Scene.SMALL_BYTES));
    Map<String, String> status = fields(scene.read("status", Scene.SMALL_BYTES));
    if (sighting.kernelThread() || sighting.state() == ProcState.ZOMBIE) {
      return new Debuggable(sighting, status, 0, OTHERS_WRITE, false, false); // has no executable
    }
    Map<String, Object> executable =
        Files.readAttributes(scene.folder().resolve("exe"), "unix:uid,mode");
    String maps = scene.read("maps", Scene.LARGE_BYTES);
    return new Debuggable(
        sighting,
        status,
        (Integer) Objects.requireNonNull(executable.get("uid")),
        (Integer) Objects.requireNonNull(executable.get("mode")),
        maps.contains("/libjvm.so"),
        PYTHON.matcher(maps).find());
  }

  /** Why no debugger may look at it; null: one may. */
  @Nullable String objection(@Nullable Integer expectedUid) {
    if (sighting.kernelThread()) {
      return "it is a thread of the kernel";
    }
    ProcState state = sighting.state();
    if (state == ProcState.ZOMBIE || state == ProcState.DEAD || state == ProcState.DISK_SLEEP) {
      return "the process is " + state.meaning();
    }
    if (!"0".equals(status.get("TracerPid"))) {
      return "it is traced already by pid " + status.get("TracerPid");
    }
    if (different("Uid") || different("Gid")) {
      return "it runs under several users or groups at once";
    }
    if (expectedUid != null && expectedUid != id("Uid")) {
      return "it runs as uid " + id("Uid") + " now, not as uid " + expectedUid;
    }
    if (id("Uid") == 0 && (executableUid != 0 || (executableMode & OTHERS_WRITE) != 0)) {
      return "it runs as root, but its executable is not root's alone";
    }
    return null;
  }

  /** The target's own user: a debugger of root's would be at the mercy of the target's files. */
  RunAs user() {
    return RunAs.user(id("Uid"), id("Gid"));
  }

  boolean stopped() {
    return sighting.state() == ProcState.STOPPED;
  }

  /** jstack asks with SIGQUIT, which ends a process that does not expect it. */
  boolean catchesQuit() {
    String caught = status.getOrDefault("SigCgt", "0");
    return (Long.parseUnsignedLong(caught, 16) & (1L << (SIGQUIT - 1))) != 0;
  }

  private List<String> ids(String field) {
    String value = status.get(field);
    if (value == null) {
      throw new IllegalArgumentException("/proc/PID/status has no " + field);
    }
    return List.of(value.split("\\s+"));
  }

  /** The second of real, effective, saved and file system id (proc(5)). */
  private int id(String field) {
    return Integer.parseInt(ids(field).get(1));
  }

  private boolean different(String field) {
    return ids(field).stream().distinct().count() > 1;
  }

  static Map<String, String> fields(String status) {
    return Stream.of(status.split("\n"))
        .map(line -> line.split(":", 2))
        .filter(field -> field.length == 2)
        .collect(Collectors.toMap(field -> field[0], field -> field[1].strip(), (a, b) -> a));
  }
}
