package org.medicd.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendTest {
  private static final long MIB = 1 << 20;
  private static final Duration WINDOW = Duration.ofMinutes(10);

  @ParameterizedTest
  @ValueSource(longs = {10, 60, 600, 3600})
  void findsASteadyLeakInAnyWindow(long windowSeconds) {
    Double perHour = after(Duration.ofSeconds(windowSeconds), s -> 300 * MIB + 20 * MIB * s);
    assertThat(perHour).isCloseTo(20.0 * MIB * 3600, within(20.0 * MIB));
  }

  @Test
  void saysNothingUntilTheWindowIsNearlyFilled() {
    Trend trend = new Trend(WINDOW);
    for (int second = 0; second < 530; second++) {
      add(trend, second, MIB * second);
    }
    assertThat(trend.perHour()).isNull();
    for (int second = 530; second < 600; second++) {
      add(trend, second, MIB * second);
    }
    assertThat(trend.perHour()).isNotNull();
  }

  @Test
  void findsALeakUnderneathAGarbageCollector() {
    Double perHour = after(WINDOW, s -> 300 * MIB + MIB * s / 10 + 40 * MIB * (s % 37) / 37);
    assertThat(perHour).isCloseTo(360.0 * MIB, within(72.0 * MIB));
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 37, 90, 150, 290, 400})
  void takesASawtoothForNoLeak(long period) {
    assertThat(after(WINDOW, s -> 300 * MIB + 200 * MIB * (s % period) / period)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {30, 120, 300, 570})
  void takesAStepForNoLeak(long at) {
    assertThat(after(WINDOW, s -> s < at ? 100 * MIB : 900 * MIB)).isNull();
  }

  @Test
  void isNotFooledByOneSpike() {
    assertThat(after(WINDOW, s -> s >= 590 ? 5_000 * MIB : 300 * MIB)).isNull();
    assertThat(after(WINDOW, s -> s / 10 == 29 ? 5_000 * MIB : 300 * MIB)).isNull();
  }

  @Test
  void findsALeakInSpiteOfASpike() {
    Double perHour = after(WINDOW, s -> MIB * s + (s / 10 == 29 ? 5_000 * MIB : 0));
    assertThat(perHour).isCloseTo(3600.0 * MIB, within(72.0 * MIB));
  }

  @Test
  void takesNoiseForNoLeak() {
    Random random = new Random(7);
    assertThat(after(WINDOW, s -> 300 * MIB + random.nextInt((int) MIB))).isNull();
  }

  @Test
  void takesAShrinkingProcessForNoLeak() {
    assertThat(after(WINDOW, s -> 3_000 * MIB - MIB * s)).isNull();
  }

  @Test
  void forgetsALeakThatHasStopped() {
    Trend trend = new Trend(WINDOW);
    for (int second = 0; second <= 1_300; second++) {
      add(trend, second, MIB * Math.min(second, 600));
    }
    assertThat(trend.perHour()).isNull();
  }

  private static @Nullable Double after(Duration window, LongUnaryOperator levelAtSecond) {
    Trend trend = new Trend(window);
    for (int second = 0; second <= window.toSeconds(); second++) {
      add(trend, second, levelAtSecond.applyAsLong(second));
    }
    return trend.perHour();
  }

  private static void add(Trend trend, int second, long level) {
    long nanos = second * 1_000_000_000L;
    if (trend.isDue(nanos)) {
      trend.add(level, nanos);
    }
  }
}
