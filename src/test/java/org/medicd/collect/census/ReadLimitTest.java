package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadLimitTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private final ReadLimit limit = new ReadLimit(1024L, 7 * MINUTE);

  @Test
  void servesWhoIsFarFromIt() {
    assertThat(limit.serves(511, 8 * MINUTE)).isTrue();
    assertThat(limit.serves(512, 8 * MINUTE)).isFalse();
    assertThat(new ReadLimit(null, 7 * MINUTE).serves(9_999, 8 * MINUTE)).isTrue();
  }

  @Test
  void servesFiveMinutes() {
    assertThat(limit.serves(1, 12 * MINUTE - 1)).isTrue();
    assertThat(limit.serves(1, 12 * MINUTE)).isFalse();
  }

  @Test
  void doesNotServeWhereNobodyKnowsHowManyThereAre() {
    assertThat(limit.serves(null, 8 * MINUTE)).isFalse();
  }
}
