package org.medicd.collect.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.Cgroup;
import org.medicd.linux.cgroup.Amount;
import org.medicd.linux.cgroup.MemoryStat;

/** The memory of one group. */
final class MemoryLook {
  /** The kernel sums counters of all CPUs for memory.stat: slow on large hosts. */
  private static final long STAT_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private static final MemoryStat UNKNOWN = new MemoryStat(null, null);
  private static final int SMALLEST_STEP = 4096;

  private MemoryStat stat = UNKNOWN;
  private @Nullable Long statNanos;

  Cgroup.Memory look(
      Place place, GroupFiles files, Limits limits, boolean withStat, long nowNanos) {
    String folder = place.own("memory");
    boolean legacy = place.hierarchies().isLegacy("memory");
    Long current = amount(files, folder, legacy ? "memory.usage_in_bytes" : "memory.current");
    Long max = limits.amount(place, "memory", legacy ? "memory.limit_in_bytes" : "memory.max");
    Long high = legacy ? null : limits.amount(place, "memory", "memory.high");
    look(folder, files, withStat, nowNanos);
    return new Cgroup.Memory(
        rounded(current),
        high,
        max,
        percent(current, max),
        rounded(stat.anonBytes()),
        rounded(stat.fileBytes()),
        rounded(legacy ? legacySwap(files, folder, current) : swap(files, folder)));
  }

  private void look(@Nullable String folder, GroupFiles files, boolean wanted, long nowNanos) {
    if (!wanted) {
      stat = UNKNOWN;
      statNanos = null;
    } else if (statNanos == null || nowNanos - statNanos >= STAT_EVERY_NANOS) {
      MemoryStat read = files.read(folder, "memory.stat", MemoryStat::parse);
      stat = read != null ? read : UNKNOWN;
      statNanos = nowNanos;
    }
  }

  private static @Nullable Long swap(GroupFiles files, @Nullable String folder) {
    return amount(files, folder, "memory.swap.current");
  }

  /** v1 counts memory and swap together. The two are not read in the same moment. */
  private static @Nullable Long legacySwap(
      GroupFiles files, @Nullable String folder, @Nullable Long current) {
    Long both = amount(files, folder, "memory.memsw.usage_in_bytes");
    return both == null || current == null ? null : (Long) Math.max(0, both - current);
  }

  private static @Nullable Long amount(GroupFiles files, @Nullable String folder, String file) {
    return files.read(folder, file, content -> Amount.parse(file, content));
  }

  static @Nullable Double percent(@Nullable Long part, @Nullable Long whole) {
    return part == null || whole == null || whole == 0
        ? null
        : (Double) Average.tenths(100.0 * part / whole);
  }

  /** Down to a step of at most 1/256, or a page, so that a flicker is no change. */
  static @Nullable Long rounded(@Nullable Long bytes) {
    if (bytes == null) {
      return null;
    }
    long step = Math.max(SMALLEST_STEP, Long.highestOneBit(bytes) >> 8);
    return bytes / step * step;
  }
}
