package org.medicd.collect.census;

import java.nio.file.Path;
import java.time.Duration;
import org.medicd.collect.Trend;
import org.medicd.linux.proc.PidStat;

/**
 * What the census needs to know of the configuration and of the machine.
 *
 * @param tick time between two looks
 * @param leakMinRssBytes a process that was ever this large has its memory watched for growth
 * @param leakWindow over which growth is measured
 * @param ownPid the daemon's: it and its children are exempt from judgement
 * @param passwd where the names of users stand, as /etc/passwd
 * @param nodes which CPU is in which NUMA node
 */
public record CensusSettings(
    Duration tick,
    long leakMinRssBytes,
    Duration leakWindow,
    int ownPid,
    Path passwd,
    NumaNodes nodes) {
  private static final long LONGEST_REST_MILLIS = 8_000;

  public CensusSettings {
    if (leakWindow.isNegative() || leakWindow.isZero()) {
      throw new IllegalArgumentException("the window of memory-leak must be longer than zero");
    }
    if (tick.isNegative() || tick.isZero()) {
      throw new IllegalArgumentException("the tick must be longer than zero");
    }
  }

  /** Most ticks between two looks at one who rests: a power of two, at most 8 s. */
  int widestSpacing() {
    return spacing(LONGEST_REST_MILLIS);
  }

  /** Most ticks between two looks at one whose trend is followed. */
  int trendSpacing() {
    return spacing(leakWindow.toMillis() / Trend.SAMPLES);
  }

  /** Asked for each process: in plain numbers, where Duration would reckon in decimals. */
  private int spacing(long mostMillis) {
    long ticks = mostMillis / Math.max(1, tick.toMillis());
    return Integer.highestOneBit((int) Math.max(1, Math.min(8, ticks)));
  }

  boolean isExempt(PidStat stat) {
    return stat.isKernelThread() || stat.pid() == ownPid || stat.parent() == ownPid;
  }
}
