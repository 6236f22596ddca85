package org.medicd.collect.device;

import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;

/**
 * How long requests took on average over about the last 10 s. Each request counts once, whenever it
 * came: a second with few of them weighs little.
 */
final class RequestTimes {
  private static final double WINDOW_SECONDS = 10;

  private double requests;
  private double millis;
  private double quietSeconds = WINDOW_SECONDS;

  void add(long more, long took, double elapsedSeconds) {
    double decay = Math.exp(-elapsedSeconds / WINDOW_SECONDS);
    requests = requests * decay + more;
    millis = millis * decay + took;
    quietSeconds = more > 0 ? 0 : quietSeconds + elapsedSeconds;
  }

  /** Null after 10 s without requests: what was slow then says nothing of now. */
  @Nullable Double meanMillis() {
    return quietSeconds >= WINDOW_SECONDS ? null : (Double) Average.tenths(millis / requests);
  }
}
