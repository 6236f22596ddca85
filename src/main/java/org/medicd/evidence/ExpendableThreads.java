package org.medicd.evidence;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what may hang in the kernel, each on a thread of its own that is left behind at the
 * deadline. Counts those left behind, and refuses more work while too many hang.
 */
final class ExpendableThreads {
  private final int mostLeftBehind;
  private final AtomicInteger leftBehind = new AtomicInteger();

  ExpendableThreads(int mostLeftBehind) {
    this.mostLeftBehind = mostLeftBehind;
  }

  /** How many hang now. */
  int leftBehind() {
    return leftBehind.get();
  }

  /**
   * @throws TimeoutException if it hangs; it may still go on, so its effects must be harmless later
   * @throws IOException if it failed, or if too many hang already
   */
  <T> T within(Duration deadline, Callable<T> work)
      throws IOException, TimeoutException, InterruptedException {
    if (leftBehind.get() >= mostLeftBehind) {
      throw new IOException(mostLeftBehind + " readers hang already");
    }
    Errand<T> errand = new Errand<>(work);
    Thread thread = new Thread(errand, "medicd-evidence");
    thread.setDaemon(true);
    thread.start();
    try {
      return errand.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      errand.leave(leftBehind);
      throw e;
    } catch (InterruptedException e) {
      errand.leave(leftBehind);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("unexpected: " + e.getCause(), e.getCause());
    }
  }

  /** Work that is counted from the moment it is left behind until it ends after all. */
  private static final class Errand<T> extends FutureTask<T> {
    private boolean over;
    private AtomicInteger counter = new AtomicInteger();

    Errand(Callable<T> work) {
      super(work);
    }

    synchronized void leave(AtomicInteger leftBehind) {
      if (!over) {
        counter = leftBehind;
        counter.incrementAndGet();
      }
    }

    @Override
    protected synchronized void done() {
      over = true;
      counter.decrementAndGet();
    }
  }
}
