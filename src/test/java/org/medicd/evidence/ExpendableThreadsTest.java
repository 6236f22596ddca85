package org.medicd.evidence;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ExpendableThreadsTest {
  private final CountDownLatch hung = new CountDownLatch(1);
  private final ExpendableThreads threads = new ExpendableThreads(2);

  @Test
  void givesTheAnswer() throws Exception {
    assertThat(threads.<String>within(ofSeconds(5), () -> "answer")).isEqualTo("answer");
    assertThat(threads.leftBehind()).isZero();
  }

  @Test
  void givesTheFailureAsItWas() {
    assertThatThrownBy(
            () ->
                threads.within(
                    ofSeconds(5),
                    () -> {
                      throw new NoSuchFileException("/proc/17");
                    }))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void refusesMoreWhileTooManyHang() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> threads.within(ofMillis(20), this::hang))
          .isInstanceOf(TimeoutException.class);
    }

    assertThat(threads.leftBehind()).isEqualTo(2);
    assertThatThrownBy(() -> threads.within(ofSeconds(5), () -> "answer"))
        .isInstanceOf(IOException.class)
        .hasMessage("2 readers hang already");

    hung.countDown();
    await().until(() -> threads.leftBehind() == 0);
    assertThat(threads.<String>within(ofSeconds(5), () -> "answer")).isEqualTo("answer");
  }

  private boolean hang() throws InterruptedException {
    hung.await();
    return true;
  }
}
