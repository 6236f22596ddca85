package org.medicd.collect.census;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.Host;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.VmStat;

/** What the kernel did for want of memory since the look before. */
final class PagingLook {
  private static final VmStat NOTHING = new VmStat(null, null, null, null);

  private final Average swapIn = new Average();
  private final Average swapOut = new Average();
  private VmStat last = NOTHING;

  /**
   * @param now null where it could not be read
   */
  Host.Paging see(@Nullable VmStat now, Duration elapsed) {
    VmStat before = last;
    last = now == null ? NOTHING : now;
    if (now == null) {
      return Host.Paging.UNKNOWN;
    }
    Long in = bytesPerSecond(before.swappedInPages(), now.swappedInPages(), elapsed);
    Long out = bytesPerSecond(before.swappedOutPages(), now.swappedOutPages(), elapsed);
    return new Host.Paging(
        in,
        out,
        average(swapIn, in, elapsed),
        average(swapOut, out, elapsed),
        CpuLook.perSecond(before.majorFaults(), now.majorFaults(), elapsed),
        now.oomKills(),
        CpuLook.perSecond(before.oomKills(), now.oomKills(), elapsed));
  }

  private static @Nullable Long average(Average average, @Nullable Long level, Duration elapsed) {
    if (level == null) {
      return null;
    }
    average.add(level, elapsed);
    Double value = average.value();
    return value == null ? null : (Long) Math.round(value);
  }

  private static @Nullable Long bytesPerSecond(
      @Nullable Long before, @Nullable Long now, Duration elapsed) {
    Double pages = CpuLook.perSecond(before, now, elapsed);
    return pages == null ? null : (Long) Math.round(pages * Kernel.pageBytes());
  }
}
