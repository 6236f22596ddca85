package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health(() -> Notices.OPENED_AT);

  /** A letter that was kept over quiet hours is not late for what was refused before them. */
  @Test
  void whatWasGivenUpFailsAndNothingHasWaitedSince() {
    health.failed(DeliveryException.forGood("550 no such user", null));
    assertThat(health.failingNanos()).isPresent();
    health.givenUp(1);
    assertThat(health.fails()).isPresent();
    assertThat(health.failingNanos()).isEmpty();
  }

  @Test
  void whatIsTriedStillWaits() {
    health.failed(new DeliveryException("not now"));
    assertThat(health.failingNanos()).isPresent();
    health.delivered(1);
    assertThat(health.fails()).isEmpty();
    assertThat(health.failingNanos()).isEmpty();
  }
}
