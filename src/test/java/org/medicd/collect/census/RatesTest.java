package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medicd.linux.Kernel;

class RatesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long TICKS = Kernel.ticksPerSecond();

  private final Rates rates = new Rates();

  @Test
  void areUnknownAfterTheFirstCount() {
    rates.add(1_000, SECOND);
    assertThat(rates.cpuPercent()).isNull();
    assertThat(rates.cpuAvg10()).isNull();
    assertThat(rates.areZero()).isFalse();
  }

  @Test
  void arePercentOfOneCore() {
    rates.add(0, SECOND);
    rates.add(3 * TICKS, SECOND);
    assertThat(rates.cpuPercent()).isEqualTo(300);
  }

  @Test
  void stayAsTheyWereWhenNoTimeWentBy() {
    rates.add(0, SECOND);
    rates.add(TICKS, SECOND);
    rates.add(TICKS, Duration.ZERO);
    assertThat(rates.cpuPercent()).isEqualTo(100);
  }

  @Test
  void aCounterThatGoesBackIsNoNegativeRate() {
    rates.add(500, SECOND);
    rates.add(400, SECOND);
    assertThat(rates.cpuPercent()).isZero();
  }

  @Test
  void restCountsInTheAverage() {
    rates.add(0, SECOND);
    rates.add(0, SECOND);
    assertThat(rates.areZero()).isTrue();
    rates.rest(Duration.ofHours(1));
    rates.add(TICKS, SECOND);
    assertThat(rates.cpuPercent()).isEqualTo(100);
    assertThat(rates.cpuAvg10()).isCloseTo(9.5, within(0.1));
  }
}
