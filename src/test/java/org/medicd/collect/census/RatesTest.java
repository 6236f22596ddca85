package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.medicd.linux.Kernel;

class RatesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long TICKS = Kernel.ticksPerSecond();

  private final Rates rates = new Rates();

  @Test
  void areUnknownAfterTheFirstCount() {
    rates.add(1_000, 0);
    assertThat(rates.cpuPercent()).isNull();
    assertThat(rates.cpuAvg10()).isNull();
    assertThat(rates.areZero()).isFalse();
  }

  @Test
  void arePercentOfOneCore() {
    rates.add(0, 0);
    rates.add(3 * TICKS, SECOND);
    assertThat(rates.cpuPercent()).isEqualTo(300);
  }

  @Test
  void stayAsTheyWereWhenNoTimeWentBy() {
    rates.add(0, 0);
    rates.add(TICKS, SECOND);
    rates.add(TICKS, SECOND);
    assertThat(rates.cpuPercent()).isEqualTo(100);
  }

  @Test
  void aCounterThatGoesBackIsNoNegativeRate() {
    rates.add(500, 0);
    rates.add(400, SECOND);
    assertThat(rates.cpuPercent()).isZero();
  }

  @Test
  void longerAveragesAreKeptWhereTheyAreAskedFor() {
    rates.keep(true, true);
    for (int second = 0; second <= 60; second++) {
      rates.add(second * TICKS, second * SECOND);
    }
    rates.add(60 * TICKS, 120 * SECOND);
    assertThat(rates.cpuAvg10()).isCloseTo(0.25, within(0.1));
    assertThat(rates.cpuAvg60()).isCloseTo(26.9, within(0.2));
    assertThat(rates.cpuAvg300()).isCloseTo(45, within(0.5));
    assertThat(rates.areZero()).isFalse();
  }

  @Test
  void restCountsInTheAverage() {
    rates.add(0, 0);
    rates.add(0, SECOND);
    assertThat(rates.areZero()).as("the average is not known yet").isFalse();
    rates.add(0, 3 * SECOND);
    assertThat(rates.areZero()).isTrue();
    rates.rested(3_600 * SECOND);
    rates.add(TICKS, 3_601 * SECOND);
    assertThat(rates.cpuPercent()).isEqualTo(100);
    assertThat(rates.cpuAvg10()).isCloseTo(9.5, within(0.1));
  }
}
