package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.api.StatusView.Spread;

class TickTimesTest {
  private final TickTimes times = new TickTimes();

  @Test
  void areZeroBeforeTheFirstTick() {
    assertThat(times.view().ticks()).isZero();
    assertThat(times.view().whole()).isEqualTo(new Spread(0, 0));
  }

  @Test
  void tellTheSpreadOfEachPartAndOfTheWhole() {
    for (int i = 1; i <= 100; i++) {
      times.add(i * 1_000_000L, 2_000_000, 1_000_000);
    }
    assertThat(times.view().ticks()).isEqualTo(100);
    assertThat(times.view().collect()).isEqualTo(new Spread(50, 99));
    assertThat(times.view().rule()).isEqualTo(new Spread(2, 2));
    assertThat(times.view().whole()).isEqualTo(new Spread(53, 102));
  }

  @Test
  void forgetWhatIsLongAgo() {
    times.add(1_000_000_000L, 0, 0);
    for (int i = 0; i < 100; i++) {
      times.add(1_000_000, 0, 0);
    }
    assertThat(times.view().ticks()).isEqualTo(100);
    assertThat(times.view().collect()).isEqualTo(new Spread(1, 1));
  }
}
