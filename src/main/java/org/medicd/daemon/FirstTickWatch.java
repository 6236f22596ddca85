package org.medicd.daemon;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process when its first tick does not end: systemd's watchdog looks only at a daemon that
 * has said that it is ready. A rule that never ends and is true at once would hold it up until the
 * start times out, and would not be left out before.
 */
final class FirstTickWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FirstTickWatch.class.getName());

  private final CountDownLatch over = new CountDownLatch(1);

  private FirstTickWatch() {}

  /**
   * Begins to watch; not where nobody would start it anew.
   *
   * @param interval of systemd's watchdog; the first tick is cold and has twice as long
   * @param end ends the process, whatever the tick's thread does
   */
  static FirstTickWatch begin(Optional<Duration> interval, Runnable end) {
    FirstTickWatch watch = new FirstTickWatch();
    interval.ifPresent(
        each -> {
          Thread thread =
              new Thread(() -> watch.await(each.multipliedBy(2), end), "medicd-first-tick");
          thread.setDaemon(true);
          thread.start();
        });
    return watch;
  }

  private void await(Duration most, Runnable end) {
    try {
      if (!over.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.log(Level.ERROR, "the first tick did not end within {0}: medicd ends", most);
        end.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts it; what waits is ended then
    }
  }

  /** The first tick has ended, or the daemon does. */
  @Override
  public void close() {
    over.countDown();
  }
}
