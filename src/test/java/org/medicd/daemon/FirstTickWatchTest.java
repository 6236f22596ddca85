package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FirstTickWatchTest {
  private final CountDownLatch ended = new CountDownLatch(1);

  private FirstTickWatch begin(long millis) {
    return FirstTickWatch.begin(Optional.of(Duration.ofMillis(millis)), ended::countDown);
  }

  @Test
  void endsWhoDoesNotEndTheFirstTick() throws InterruptedException {
    try (FirstTickWatch watch = begin(1)) {
      assertThat(watch).isNotNull();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void letsWhoDidGoOn() throws InterruptedException {
    begin(100).close();
    assertThat(ended.await(300, TimeUnit.MILLISECONDS)).isFalse();
  }
}
