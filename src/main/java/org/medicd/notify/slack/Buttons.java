package org.medicd.notify.slack;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hears what people press: keeps a connection to Slack open, as long as it takes and on a thread of
 * its own. Slack ends each after some hours and says so before; the next is open by then.
 */
final class Buttons implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Buttons.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** One that lasted so long was good. */
  private static final Duration GOOD = Duration.ofMinutes(1);

  /** Opens Slack's methods with the app's token. */
  interface Opener {
    WebApi open() throws IOException;
  }

  private final Opener opener;
  private final Presses presses;
  private final Duration firstPause;
  private final Thread thread = new Thread(this::run, "slack-buttons");
  private final Object lock = new Object();
  private boolean closed; // guarded by it
  private boolean complained; // the thread's own

  /**
   * @param firstPause before the second try
   */
  Buttons(Opener opener, Presses presses, Duration firstPause) {
    this.opener = opener;
    this.presses = presses;
    this.firstPause = firstPause;
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** Lets the connection go, without waiting for that. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    thread.interrupt();
    presses.close();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private void run() {
    Line line = new Line();
    int failures = 0; // in a row
    try {
      while (!isClosed()) {
        long began = System.nanoTime();
        String why = line.renew();
        boolean good = System.nanoTime() - began >= GOOD.toNanos();
        failures = good ? 0 : failures + 1;
        complain(why, failures);
        if (failures > 0) {
          pause(failures, line.retryAfter());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      line.close();
    }
  }

  /** Slack ends connections as a matter of course; what goes on failing matters. */
  private void complain(String why, int failures) {
    boolean tell = failures == 2 && !complained;
    complained |= tell;
    LOG.log(
        tell ? Level.WARNING : Level.DEBUG,
        "slack: buttons do nothing while there is no connection; it is tried again: {0}",
        why);
  }

  private void praise() {
    LOG.log(complained ? Level.INFO : Level.DEBUG, "slack: there is a connection for buttons");
    complained = false;
  }

  private void pause(int failures, @Nullable Duration asked) throws InterruptedException {
    long most = firstPause.toMillis() << Math.min(failures - 1, 20);
    long millis = Math.min(LONGEST_PAUSE.toMillis(), most);
    long pause = millis / 2 + RandomGenerator.getDefault().nextLong(millis / 2 + 1);
    long until =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(asked == null ? pause : asked.toMillis());
    synchronized (lock) {
      for (long left = until - System.nanoTime();
          !closed && left > 0;
          left = until - System.nanoTime()) {
        lock.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      }
    }
  }

  /** The connection that there is, and the client it belongs to. */
  private final class Line {
    private @Nullable WebApi slack;
    private @Nullable Wire wire;
    private @Nullable Duration retryAfter;

    /** Opens another one, lets go the one before, and waits for its end; returns why it ended. */
    String renew() throws InterruptedException {
      retryAfter = null;
      WebApi fresh = null;
      try {
        fresh = opener.open();
        Wire opened = Wire.open(fresh, presses::take, PATIENCE);
        close();
        slack = fresh;
        wire = opened;
        praise();
        return opened.awaitEnd();
      } catch (IOException | RuntimeException | LinkageError e) {
        retryAfter = e instanceof Trouble trouble ? trouble.retryAfter() : null;
        if (fresh != null) {
          fresh.close();
        }
        return String.valueOf(e.getMessage());
      }
    }

    @Nullable Duration retryAfter() {
      return retryAfter;
    }

    void close() {
      if (wire != null) {
        wire.close();
      }
      if (slack != null) {
        slack.close();
      }
    }
  }
}
