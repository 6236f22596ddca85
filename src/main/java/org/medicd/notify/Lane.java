package org.medicd.notify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The queue of one channel and the thread that empties it. */
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  /** Pauses before the second try and those after it. */
  static final List<Duration> BACKOFF =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2));

  private final Channel channel;
  private final Waiter waiter;
  private final int capacity;
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final Deque<Notice> queue = new ArrayDeque<>(); // this and what follows: guarded by it
  private boolean closing;
  private boolean pausing;
  private boolean busy;
  private long delivered;
  private long failed;
  private long dropped;

  Lane(Channel channel, Waiter waiter, int capacity) {
    this.channel = channel;
    this.waiter = waiter;
    this.capacity = capacity;
    this.thread = new Thread(this::run, "notify-" + channel.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Never waits for the channel. */
  void offer(Notice notice) {
    Notice oldest = null;
    synchronized (queue) {
      if (closing) {
        return;
      }
      if (queue.size() >= capacity) {
        oldest = queue.poll();
        dropped++;
      }
      queue.add(notice);
      queue.notifyAll();
    }
    if (oldest != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: {1} notices wait already, dropped the oldest: {2}",
          channel.name(),
          capacity,
          oldest.subject());
    }
  }

  /** Ends once the queue is empty; what waits for its next try gets it now, and no other. */
  CompletableFuture<@Nullable Void> close() {
    synchronized (queue) {
      closing = true;
      queue.notifyAll();
      if (pausing) {
        thread.interrupt();
      }
    }
    return ended;
  }

  /** Gives up what is left. The thread is a daemon: if it hangs it is left behind. */
  void abandon() {
    int left;
    synchronized (queue) {
      left = queue.size() + (busy ? 1 : 0);
      queue.clear();
    }
    if (!ended.isDone()) {
      thread.interrupt();
    }
    if (left > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: stopped before {1} notices were delivered",
          channel.name(),
          left);
    }
  }

  Tally tally() {
    synchronized (queue) {
      int pending = queue.size() + (busy ? 1 : 0);
      return new Tally(channel.name(), pending, delivered, failed, dropped);
    }
  }

  private void run() {
    try {
      Notice notice = next();
      while (notice != null) {
        boolean told = tell(notice);
        synchronized (queue) {
          busy = false;
          delivered += told ? 1 : 0;
          failed += told ? 0 : 1;
        }
        notice = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // abandoned
    } finally {
      ended.complete(null);
    }
  }

  private @Nullable Notice next() throws InterruptedException {
    synchronized (queue) {
      while (queue.isEmpty() && !closing) {
        queue.wait();
      }
      busy = !queue.isEmpty();
      return queue.poll();
    }
  }

  private boolean tell(Notice notice) {
    for (int tries = 1; ; tries++) {
      String why = tryOnce(notice);
      if (why == null) {
        return true;
      }
      boolean last = tries > BACKOFF.size() || isClosing();
      LOG.log(
          last ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
          "{0}: try {1} failed{2}: {3}: {4}",
          channel.name(),
          tries,
          last ? ", given up" : "",
          notice.subject(),
          why);
      if (last) {
        return false;
      }
      pause(BACKOFF.get(tries - 1));
    }
  }

  /** Null if it was delivered, else why not. A broken channel must not end the thread. */
  private @Nullable String tryOnce(Notice notice) {
    try {
      channel.deliver(notice);
      return null;
    } catch (DeliveryException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      return Escaped.line(e.toString(), 300);
    }
  }

  private void pause(Duration duration) {
    synchronized (queue) {
      if (closing) {
        return;
      }
      pausing = true;
    }
    try {
      waiter.pause(duration);
    } catch (InterruptedException e) {
      // close() woke us for the last try
    } finally {
      synchronized (queue) {
        pausing = false;
        Thread.interrupted();
      }
    }
  }

  private boolean isClosing() {
    synchronized (queue) {
      return closing;
    }
  }
}
