package org.medicd.notify.web;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A thread that does something again and again, until it is closed. */
final class Every implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Every.class.getName());

  private final Supplier<Duration> task;
  private final Duration afterFailure;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param task does it, and says when to do it again
   * @param first so long after the start
   */
  Every(String name, Duration first, Supplier<Duration> task) {
    this.task = task;
    this.afterFailure = first;
    this.thread = new Thread(() -> run(first), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Duration first) {
    try {
      Duration pause = first;
      while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = once();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed while it was at it
    }
  }

  /** A task that is broken once must not end the thread. */
  private Duration once() {
    try {
      return task.get();
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.ERROR, thread.getName() + " failed", e);
      return afterFailure;
    }
  }

  /** Does not wait for the thread, which may hang; it is a daemon. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
