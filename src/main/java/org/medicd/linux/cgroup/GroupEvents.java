package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * cgroup.events of v2.
 *
 * @param populated it or a group below has a living process
 * @param frozen all of it stands still; null before kernel 5.2
 */
public record GroupEvents(boolean populated, @Nullable Boolean frozen) {
  public static GroupEvents parse(String content) throws MalformedKernelFile {
    KeyedNumbers lines = new KeyedNumbers("cgroup/cgroup.events", content);
    Long frozen = lines.find("frozen");
    return new GroupEvents(
        lines.get("populated") != 0, frozen == null ? null : (Boolean) (frozen != 0));
  }

  /** freezer.state of v1: THAWED, FREEZING or FROZEN. */
  public static boolean isFrozen(String freezerState) {
    return freezerState.stripTrailing().equals("FROZEN");
  }
}
