package org.medicd.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Gap;

class ReadersTest {
  private final FakeClock clock = new FakeClock();
  private final Readers readers = new Readers("proc/PID/cmdline", clock);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    release.countDown();
    readers.close();
  }

  @Test
  void tellsOfAReaderThatIsStuckAndPutsAnotherInItsPlace() {
    hang("pid 17");
    AtomicBoolean done = new AtomicBoolean();
    readers.offer("pid 18", () -> done.set(true));
    clock.advance(Duration.ofSeconds(4));
    assertThat(readers.check()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(readers.check())
        .containsExactly(new Gap("proc/PID/cmdline", "pid 17", "no answer for 6 s"));
    await().untilTrue(done);
  }

  @Test
  void startsNoMoreThanAFewThreads() {
    for (int i = 0; i < 4; i++) {
      hang("pid " + i);
      clock.advance(Duration.ofSeconds(6));
      readers.check();
    }
    clock.advance(Duration.ofSeconds(6));
    assertThat(readers.check())
        .hasSize(5)
        .contains(new Gap("proc/PID/cmdline", "the host", "all 4 readers are stuck"));
  }

  @Test
  void givesEachWorkThatWaitsAThreadUpToTheMost() {
    for (int i = 0; i < 3; i++) {
      hang("pid " + i);
      AtomicBoolean done = new AtomicBoolean();
      readers.offer("other", () -> done.set(true));
      readers.relieve();
      await().untilTrue(done);
    }
  }

  @Test
  void aReadingThatFailsEndsNoReader() {
    readers.offer(
        "pid 17",
        () -> {
          throw new IllegalStateException("a mistake");
        });
    AtomicBoolean done = new AtomicBoolean();
    readers.offer("pid 18", () -> done.set(true));
    await().untilTrue(done);
    clock.advance(Duration.ofSeconds(60));
    assertThat(readers.check()).isEmpty();
  }

  @Test
  void aReaderThatComesBackGoesOn() {
    hang("pid 17");
    AtomicInteger done = new AtomicInteger();
    readers.offer("pid 18", done::incrementAndGet);
    release.countDown();
    await().until(() -> done.get() == 1);
    clock.advance(Duration.ofSeconds(60));
    assertThat(readers.check()).isEmpty();
  }

  private void hang(String what) {
    CountDownLatch started = new CountDownLatch(1);
    readers.offer(
        what,
        () -> {
          started.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    await().until(() -> started.getCount() == 0);
  }
}
