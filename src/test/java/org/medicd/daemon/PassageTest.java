package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Scene;

class PassageTest {
  private final Scene scene = new Scene();
  private final Passage passage = new Passage(Duration.ofSeconds(1));

  private boolean pauseEndsAfter(int seconds) {
    return passage.endsPause(scene.after(Duration.ofSeconds(seconds)));
  }

  @Test
  void threeTicksAtMostCountAtOnce() {
    pauseEndsAfter(1);
    pauseEndsAfter(3);
    assertThat(passage.now()).isEqualTo(Duration.ofSeconds(4));
    pauseEndsAfter(300);
    assertThat(passage.now()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void tenTicksAreNoPauseAndMoreAreOne() {
    assertThat(pauseEndsAfter(10)).isFalse();
    assertThat(pauseEndsAfter(11)).isTrue();
  }

  @Test
  void ofSlowTicksOnlyTheFirstIsOne() {
    assertThat(pauseEndsAfter(11)).isTrue();
    assertThat(pauseEndsAfter(11)).isFalse();
    assertThat(pauseEndsAfter(1)).isFalse();
    assertThat(pauseEndsAfter(11)).isTrue();
  }

  @Test
  void shortTicksMakeNoPauseOfAMoment() {
    Passage fast = new Passage(Duration.ofMillis(100));
    assertThat(fast.endsPause(scene.after(Duration.ofSeconds(4)))).isFalse();
    assertThat(fast.now()).isEqualTo(Duration.ofMillis(300));
    assertThat(fast.endsPause(scene.after(Duration.ofSeconds(6)))).isTrue();
  }
}
