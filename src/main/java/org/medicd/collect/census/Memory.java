package org.medicd.collect.census;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Trend;
import org.medicd.fact.Growth;
import org.medicd.fact.Host;
import org.medicd.linux.proc.PidStatus;

/** The memory of one process, watched closely once it was large enough to leak much. */
final class Memory {
  private @Nullable Trend trend;
  private @Nullable Long anonBytes;

  /** A large process stays under watch: what is swapped out is no longer resident. */
  void look(Look look, Watched watched) {
    if (trend == null && isLarge(look, watched)) {
      trend = new Trend(look.settings().leakWindow());
    }
    if (!isDue(look)) {
      return;
    }
    try {
      anonBytes = PidStatus.parse(look.tree().read(watched.pid() + "/status")).anonBytes();
    } catch (IOException e) {
      look.gaps().ofProcess("proc/PID/status", watched.pid(), e);
      anonBytes = null;
    }
    if (anonBytes != null && trend != null) {
      trend.add(anonBytes, look.nowNanos());
    }
  }

  private static boolean isLarge(Look look, Watched watched) {
    return watched.rssBytes() >= look.settings().leakMinRssBytes();
  }

  boolean isWatched() {
    return trend != null;
  }

  /** Whether the trend wants another sample. */
  boolean isDue(Look look) {
    return trend != null && trend.isDue(look.nowNanos());
  }

  @Nullable Long anonBytes() {
    return anonBytes;
  }

  /** Until the host's available memory is used up. */
  Growth growth(Look look) {
    Host host = look.host();
    Long available = host == null ? null : host.memoryAvailableBytes();
    return trend == null
        ? Growth.UNKNOWN
        : trend.growth(available == null ? null : (Double) (double) available);
  }
}
