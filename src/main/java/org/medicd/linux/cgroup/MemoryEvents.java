package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * How often something has happened to a group's memory: memory.events of v2, memory.oom_control and
 * memory.failcnt of v1. What the kernel does not count is null.
 *
 * @param low it was reclaimed below its protection (memory.low)
 * @param high it was throttled at memory.high
 * @param max it was about to go beyond memory.max
 * @param oom it was out of memory
 * @param oomKill processes of it were killed for that
 */
public record MemoryEvents(
    @Nullable Long low,
    @Nullable Long high,
    @Nullable Long max,
    @Nullable Long oom,
    @Nullable Long oomKill) {
  public static MemoryEvents parse(String content) throws MalformedKernelFile {
    KeyedNumbers lines = new KeyedNumbers("cgroup/memory.events", content);
    return new MemoryEvents(
        lines.find("low"),
        lines.find("high"),
        lines.find("max"),
        lines.find("oom"),
        lines.find("oom_kill"));
  }

  /**
   * @param oomControl memory.oom_control; counts oom_kill from kernel 4.13 on
   * @param failures memory.failcnt: how often the limit was hit
   */
  public static MemoryEvents ofLegacy(String oomControl, @Nullable String failures)
      throws MalformedKernelFile {
    KeyedNumbers lines = new KeyedNumbers("cgroup/memory.oom_control", oomControl);
    Long max = failures == null ? null : (Long) Amount.parse("memory.failcnt", failures);
    return new MemoryEvents(null, null, max, null, lines.find("oom_kill"));
  }
}
