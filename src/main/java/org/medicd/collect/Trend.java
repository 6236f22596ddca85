package org.medicd.collect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Growth;

/**
 * The steady growth of a level over a window. The window is cut into ten parts and the lowest level
 * of each counts: a spike is not seen, a garbage collector's sawtooth shows its floor. The slope is
 * the median of all slopes between the parts (Theil–Sen), and it counts only if the floor rises in
 * most parts and hardly ever falls back.
 */
public final class Trend {
  /** How many levels a window holds. */
  public static final int SAMPLES = 60;

  private static final int PARTS = 10;
  private static final int FEWEST_PARTS = 6;
  private static final double FILLED = 0.9;
  private static final double PARTS_THAT_RISE = 2.0 / 3;
  private static final double FALL_PER_RISE = 0.2;
  private static final double NANOS_PER_HOUR = 3600e9;

  private final long windowNanos;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private @Nullable Double perHour;
  private @Nullable Double confidence;

  private record Sample(long nanos, long level) {}

  public Trend(Duration window) {
    this.windowNanos = window.toNanos();
  }

  /** Whether the last sample is old enough for another. */
  public boolean isDue(long nowNanos) {
    Sample last = samples.peekLast();
    return last == null || nowNanos - last.nanos() >= windowNanos / SAMPLES;
  }

  public void add(long level, long nowNanos) {
    samples.addLast(new Sample(nowNanos, level));
    while (nowNanos - samples.getFirst().nanos() > windowNanos) {
      samples.removeFirst();
    }
    assess();
  }

  /** Null until the window is nearly filled, and while the level does not grow steadily. */
  public @Nullable Double perHour() {
    return perHour;
  }

  /**
   * The trend as a fact.
   *
   * @param room how much more there may be of the level; null where it has no limit
   */
  public Growth growth(@Nullable Double room) {
    return new Growth(perHour, confidence, secondsUntil(room));
  }

  private @Nullable Double secondsUntil(@Nullable Double room) {
    Double pace = perHour;
    return pace == null || pace <= 0 || room == null
        ? null
        : (Double) (double) Math.round(3600 * Math.max(0, room) / pace);
  }

  private void assess() {
    perHour = null;
    confidence = null;
    long span = samples.getLast().nanos() - samples.getFirst().nanos();
    if (span < windowNanos * FILLED || samples.size() < FEWEST_PARTS) {
      return;
    }
    List<Sample> floors = floors();
    confidence = agreement(floors);
    if (risesSteadily(floors)) {
      perHour = medianSlope(floors) * NANOS_PER_HOUR;
    }
  }

  /** Kendall's tau, where it speaks for growth: pairs that rise less pairs that fall, of all. */
  private static double agreement(List<Sample> floors) {
    int pairs = 0;
    int sum = 0;
    for (int i = 0; i < floors.size(); i++) {
      for (int j = i + 1; j < floors.size(); j++) {
        pairs++;
        sum += Long.compare(floors.get(j).level(), floors.get(i).level());
      }
    }
    return Math.max(0, Math.round(100.0 * sum / pairs) / 100.0);
  }

  private List<Sample> floors() {
    List<Sample> all = new ArrayList<>(samples);
    int parts = Math.min(PARTS, all.size());
    List<Sample> floors = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int end = (part + 1) * all.size() / parts;
      Sample lowest = all.get(part * all.size() / parts);
      for (int i = part * all.size() / parts + 1; i < end; i++) {
        lowest = all.get(i).level() < lowest.level() ? all.get(i) : lowest;
      }
      floors.add(lowest);
    }
    return floors;
  }

  private static boolean risesSteadily(List<Sample> floors) {
    int rising = 0;
    double rises = 0;
    double falls = 0;
    for (int i = 1; i < floors.size(); i++) {
      long step = floors.get(i).level() - floors.get(i - 1).level();
      rising += step > 0 ? 1 : 0;
      rises += Math.max(0, step);
      falls += Math.max(0, -step);
    }
    return rising >= PARTS_THAT_RISE * (floors.size() - 1) && falls <= FALL_PER_RISE * rises;
  }

  private static double medianSlope(List<Sample> floors) {
    double[] slopes = new double[floors.size() * (floors.size() - 1) / 2];
    int count = 0;
    for (int i = 0; i < floors.size(); i++) {
      for (int j = i + 1; j < floors.size(); j++) {
        double nanos = floors.get(j).nanos() - floors.get(i).nanos();
        slopes[count++] = (floors.get(j).level() - floors.get(i).level()) / nanos;
      }
    }
    Arrays.sort(slopes);
    int middle = slopes.length / 2;
    return slopes.length % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
  }
}
