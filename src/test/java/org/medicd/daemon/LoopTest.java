package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<String> events = new ArrayList<>();
  private int ticks;
  private Loop loop = new Loop(() -> {}, SHORT, () -> {});

  /** Fails in these ticks, from 1, and stops in the last. */
  private void run(int last, Set<Integer> failing) throws InterruptedException {
    loop =
        new Loop(
            () -> {
              ticks++;
              if (ticks == last) {
                loop.stop();
              }
              if (failing.contains(ticks)) {
                throw new IllegalStateException("made for a test");
              }
              events.add("tick " + ticks);
            },
            SHORT,
            () -> events.add("fed"));
    loop.run(() -> events.add("ready"));
  }

  @Test
  void isReadyAfterTheFirstTick() throws InterruptedException {
    run(2, Set.of());
    assertThat(events).containsExactly("tick 1", "fed", "ready", "tick 2", "fed");
  }

  @Test
  void aTickThatFailsDoesNotFeedTheWatchdogAndTheLoopGoesOn() throws InterruptedException {
    run(3, Set.of(1, 2));
    assertThat(events).containsExactly("tick 3", "fed", "ready");
  }

  @Test
  void tenFailuresInARowAreBorne() throws InterruptedException {
    run(22, Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21));
    assertThat(events).containsExactly("tick 11", "fed", "ready", "tick 22", "fed");
  }

  @Test
  void moreEndTheLoop() throws InterruptedException {
    assertThatThrownBy(() -> run(99, Set.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("11 ticks failed in a row");
    assertThat(loop.awaitEnd(Duration.ZERO)).isTrue();
  }

  @Test
  void aLoopThatWasStoppedBeforeDoesNotTick() throws InterruptedException {
    loop = new Loop(() -> ticks++, SHORT, () -> {});
    loop.stop();
    assertThat(loop.awaitEnd(Duration.ZERO)).isFalse();
    loop.run(() -> {});
    assertThat(ticks).isZero();
    assertThat(loop.awaitEnd(Duration.ZERO)).isTrue();
  }
}
