package org.medicd.collect.census;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the census needs to know of the configuration.
 *
 * @param leakMinRssBytes a process that was ever this large has its memory watched for growth
 * @param leakWindow over which growth is measured
 * @param ownPid the daemon's: it and its children are exempt from judgement
 * @param passwd where the names of users stand, as /etc/passwd
 */
public record CensusSettings(long leakMinRssBytes, Duration leakWindow, int ownPid, Path passwd) {
  public CensusSettings {
    if (leakWindow.isNegative() || leakWindow.isZero()) {
      throw new IllegalArgumentException("the window of memory-leak must be longer than zero");
    }
  }
}
