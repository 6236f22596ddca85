package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockedTest {
  private static final long SECOND = 1_000_000_000L;

  private final Blocked blocked = new Blocked();

  @Test
  void aTaskWithoutAContextSwitchStaysBlocked() {
    blocked.isIn(42, 7L, 0);
    blocked.isIn(42, 7L, 30 * SECOND);
    assertThat(blocked.longest()).isEqualTo(new Blocked.Longest(42, 0));
    assertThat(new Blocked.Longest(42, 0).seconds(30 * SECOND)).isEqualTo(30);
  }

  @Test
  void aTaskThatWasSwitchedInBetweenBeginsAnew() {
    blocked.isIn(42, 7L, 0);
    blocked.isIn(42, 8L, 30 * SECOND);
    assertThat(blocked.longest()).isEqualTo(new Blocked.Longest(42, 30 * SECOND));
  }

  @Test
  void ofUnknownSwitchesNothingIsClaimed() {
    blocked.isIn(42, 7L, 0);
    blocked.isIn(42, null, SECOND);
    assertThat(blocked.longest()).isNull();
  }

  @Test
  void theThreadThatWaitedLongestCounts() {
    blocked.isIn(42, 7L, 5 * SECOND);
    blocked.threadsIn(42, Map.of(43, 1L, 44, 1L), 3 * SECOND);
    blocked.threadsIn(42, Map.of(44, 1L), 9 * SECOND);
    assertThat(blocked.longest()).isEqualTo(new Blocked.Longest(44, 3 * SECOND));
    blocked.threadsIn(42, Map.of(), 9 * SECOND);
    assertThat(blocked.longest()).isEqualTo(new Blocked.Longest(42, 5 * SECOND));
    blocked.isOut(42);
    assertThat(blocked.longest()).isNull();
  }
}
