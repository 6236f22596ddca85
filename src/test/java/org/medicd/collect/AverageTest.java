package org.medicd.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AverageTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Average average = new Average();

  @Test
  void isUnknownBeforeTheFirstLevel() {
    assertThat(average.value()).isNull();
  }

  @Test
  void startsAtTheTrueLevel() {
    average.add(80, SECOND);
    assertThat(average.value()).isEqualTo(80);
  }

  @Test
  void weighsTheMomentsBeforeEqually() {
    average.add(0, SECOND);
    average.add(100, SECOND);
    assertThat(average.value()).isCloseTo(52.5, within(0.1));
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
    average.add(100, SECOND);
    for (int i = 0; i < 120; i++) {
      average.add(0, SECOND);
    }
    assertThat(average.value()).isZero();
  }
}
