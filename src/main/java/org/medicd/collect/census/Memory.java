package org.medicd.collect.census;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Trend;
import org.medicd.fact.Growth;
import org.medicd.linux.proc.PidStatus;

/** The memory of one process, looked at closely once it was large enough to be suspected. */
final class Memory {
  private @Nullable Trend trend;
  private @Nullable Long anonBytes;

  /** A large process stays suspected: what is swapped out is no longer resident. */
  void look(Look look, int pid, long rssBytes) {
    if (trend == null && rssBytes >= look.settings().leakMinRssBytes()) {
      trend = new Trend(look.settings().leakWindow());
    }
    if (trend == null || !trend.isDue(look.nowNanos())) {
      return;
    }
    try {
      anonBytes = PidStatus.parse(look.tree().read(pid + "/status")).anonBytes();
    } catch (IOException e) {
      look.gaps().ofProcess("proc/PID/status", pid, e);
      anonBytes = null;
    }
    if (anonBytes != null) {
      trend.add(anonBytes, look.nowNanos());
    }
  }

  boolean isSuspected() {
    return trend != null;
  }

  @Nullable Long anonBytes() {
    return anonBytes;
  }

  Growth growth() {
    return trend == null ? Growth.UNKNOWN : new Growth(trend.perHour(), null, null);
  }
}
