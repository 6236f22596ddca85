package org.medicd.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverageTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Average average = new Average();

  @Test
  void isUnknownBeforeTheFirstLevel() {
    assertThat(average.value()).isNull();
  }

  @Test
  void startsAtTheTrueLevelOnceItHasSeenAQuarter() {
    average.add(80, Duration.ofMillis(2_800));
    assertThat(average.value()).isNull();
    average.add(80, Duration.ofMillis(200));
    assertThat(average.value()).isEqualTo(80);
  }

  @Test
  void weighsTheMomentsBeforeEqually() {
    average.add(0, Duration.ofSeconds(2));
    average.add(100, Duration.ofSeconds(2));
    assertThat(average.value()).isCloseTo(55, within(0.1));
  }

  /** Or what wants a level to last would take a burst for longer than it was. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64})
  void isNotHighForLongerThanABurstWas(int seconds) {
    int high = 0;
    for (int i = 0; i < 1_000; i++) {
      average.add(i < 10 * seconds ? 100 : 0, Duration.ofMillis(100));
      Double value = average.value();
      high += value != null && value >= 75 ? 1 : 0;
    }
    assertThat(high / 10.0).isLessThanOrEqualTo(seconds);
  }

  @Test
  void forgetsAsThePressureOfTheKernelDoes() {
    average.add(100, Duration.ofHours(1));
    average.add(0, Duration.ofSeconds(10));
    assertThat(average.value()).isCloseTo(100 / Math.E, within(0.1));
  }

  @Test
  void doesNotDependOnTheLengthOfTheTick() {
    Average fine = new Average();
    for (int i = 0; i < 100; i++) {
      fine.add(i < 50 ? 100 : 20, Duration.ofMillis(100));
    }
    average.add(100, Duration.ofSeconds(5));
    average.add(20, Duration.ofSeconds(5));
    assertThat(fine.value()).isCloseTo(average.value(), within(0.1));
  }

  @Test
  void comesToRest() {
    average.add(100, Duration.ofSeconds(3));
    for (int i = 0; i < 120; i++) {
      average.add(0, SECOND);
    }
    assertThat(average.value()).isZero();
  }
}
