package org.medicd.daemon;

import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.medicd.api.StatusView;
import org.medicd.api.StatusView.Spread;

/** How long the last ticks took, part by part. Written by the tick's thread, read by any. */
final class TickTimes {
  private static final int KEPT = 100;

  /** What one tick spent, in nanoseconds. */
  private record Laps(long collect, long rule, long rest) {
    long whole() {
      return collect + rule + rest;
    }
  }

  private final Laps[] ring = new Laps[KEPT];
  private int count;

  synchronized void add(long collectNanos, long ruleNanos, long restNanos) {
    ring[count++ % KEPT] = new Laps(collectNanos, ruleNanos, restNanos);
  }

  /** The spread over the ticks that are kept. */
  synchronized StatusView.TickTimes view() {
    Laps[] laps = Arrays.copyOf(ring, Math.min(count, KEPT));
    return new StatusView.TickTimes(
        laps.length,
        spread(laps, Laps::collect),
        spread(laps, Laps::rule),
        spread(laps, Laps::rest),
        spread(laps, Laps::whole));
  }

  private static Spread spread(Laps[] laps, ToLongFunction<Laps> part) {
    long[] nanos = Arrays.stream(laps).mapToLong(part).sorted().toArray();
    return nanos.length == 0 ? new Spread(0, 0) : new Spread(at(nanos, 0.5), at(nanos, 0.99));
  }

  private static double at(long[] sorted, double share) {
    int index = (int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
    return sorted[Math.max(0, index)] / 1e6;
  }
}
