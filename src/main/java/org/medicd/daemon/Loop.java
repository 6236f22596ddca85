package org.medicd.daemon;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives the tick its period. A tick that took too long is followed by the next at once, and missed
 * ones are not made up for. systemd's watchdog is fed by completed ticks only.
 */
final class Loop {
  private static final System.Logger LOG = System.getLogger(Loop.class.getName());
  private static final int FAILURES_BORNE = 10;

  private final Runnable tick;
  private final Duration period;
  private final Runnable fed;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param fed told of each completed tick, as systemd's watchdog
   */
  Loop(Runnable tick, Duration period, Runnable fed) {
    this.tick = tick;
    this.period = period;
    this.fed = fed;
  }

  /** Ticks until {@link #stop}. A tick that fails is logged; many in a row end the daemon. */
  void run(Runnable onFirstTick) throws InterruptedException {
    try {
      int failures = 0;
      boolean first = true;
      long due = System.nanoTime();
      while (stop.getCount() > 0) {
        failures = completes() ? 0 : failures + 1;
        if (failures > FAILURES_BORNE) {
          throw new IllegalStateException(failures + " ticks failed in a row");
        }
        if (failures == 0) {
          fed.run();
          if (first) {
            onFirstTick.run();
            first = false;
          }
        }
        due = Math.max(due + period.toNanos(), System.nanoTime());
        stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } finally {
      ended.countDown();
    }
  }

  private boolean completes() {
    try {
      tick.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a tick failed", e);
      return false;
    }
  }

  /** Asks the loop to end; it does after the tick that is running. */
  void stop() {
    stop.countDown();
  }

  /** Waits until it has ended. */
  boolean awaitEnd(Duration most) throws InterruptedException {
    return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
