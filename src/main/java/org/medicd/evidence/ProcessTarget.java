package org.medicd.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;

/**
 * Whom a capture is about, as the facts have it.
 *
 * @param id pid and start ticks
 * @param uid effective user id
 * @param user its name, else the number
 * @param executable path of the executable
 * @param comm the kernel's name of the process; may hold anything
 */
public record ProcessTarget(
    ProcessId id,
    @Nullable Integer uid,
    @Nullable String user,
    @Nullable String executable,
    String comm) {
  /** Who it is, a line each. */
  List<String> about() {
    return List.of(
        "process: " + id + " \"" + comm + "\"",
        "start ticks: " + id.startTicks(),
        "user: " + known(user) + " (uid " + known(uid) + ")",
        "executable: " + known(executable));
  }

  private static String known(@Nullable Object value) {
    return value == null ? "unknown" : value.toString();
  }
}
