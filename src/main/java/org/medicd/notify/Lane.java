package org.medicd.notify;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Pace;
import org.medicd.plan.Notice;
import org.medicd.plan.Unsent;

/**
 * The outbox of one channel and the thread that empties it. A letter that cannot be delivered holds
 * up those behind it, so that their order stands, and is tried until it is too old to matter.
 */
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final Channel channel;
  private final Pace pace;
  private final Duration firstPause;
  private final Receipts receipts;
  private final InstantSource clock;
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  private final Object lock = new Object(); // what follows is guarded by it
  private final Outbox outbox;
  private @Nullable Letter current;
  private boolean restored;
  private boolean closing;
  private boolean abandoned;
  private long delivered;
  private long failed;

  /**
   * @param quiet whether nobody is to be disturbed with it now
   * @param firstPause at most so long before the second try
   */
  Lane(
      Channel channel,
      Pace pace,
      Predicate<Notice> quiet,
      Receipts receipts,
      InstantSource clock,
      Duration firstPause) {
    this.channel = channel;
    this.pace = pace;
    this.firstPause = firstPause;
    this.receipts = receipts;
    this.clock = clock;
    this.outbox = new Outbox(pace, quiet);
    this.thread = new Thread(this::run, "notify-" + channel.name());
    thread.setDaemon(true);
  }

  Channel channel() {
    return channel;
  }

  /**
   * Begins, with what an earlier run of the daemon left.
   *
   * @param threads where incidents were told of
   */
  void start(List<Unsent.Item> left, Map<String, Unsent.Thread> threads) {
    synchronized (lock) {
      outbox.restore(left, threads, System.nanoTime());
      restored = true;
      lock.notifyAll();
    }
    thread.start();
  }

  /** Never waits for the channel. */
  void add(Notice notice) {
    synchronized (lock) {
      if (!closing) {
        outbox.add(notice, System.nanoTime());
        lock.notifyAll();
      }
    }
  }

  /** Ends once all that waits was tried once more. */
  CompletableFuture<@Nullable Void> close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
      if (!restored) {
        ended.complete(null);
      }
    }
    return ended;
  }

  /** Leaves what waits to a later run. The thread is a daemon: if it hangs it is left behind. */
  void abandon() {
    int left;
    synchronized (lock) {
      abandoned = true;
      left = waiting();
      lock.notifyAll();
    }
    if (!ended.isDone()) {
      thread.interrupt();
    }
    if (left > 0) {
      LOG.log(Level.WARNING, "{0}: {1} notices are left to the next start", channel.name(), left);
    }
  }

  Tally tally() {
    synchronized (lock) {
      return new Tally(channel.name(), waiting(), delivered, failed);
    }
  }

  private int waiting() {
    return outbox.size() + (current == null ? 0 : current.covers().size());
  }

  private void run() {
    try {
      Letter letter = next();
      while (letter != null) {
        tell(letter);
        letter = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // abandoned
    } finally {
      ended.complete(null);
    }
  }

  private @Nullable Letter next() throws InterruptedException {
    synchronized (lock) {
      while (!closing) {
        Letter due = outbox.take(System.nanoTime());
        if (due != null) {
          current = due;
          return due;
        }
        await(outbox.dueNanos(System.nanoTime()));
      }
      current = abandoned ? null : outbox.takeAny();
      return current;
    }
  }

  /** Until something happens, or that time. */
  private void await(long untilNanos) throws InterruptedException {
    if (untilNanos == Outbox.NEVER) {
      lock.wait();
    } else {
      long left = untilNanos - System.nanoTime();
      lock.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1));
    }
  }

  private void tell(Letter letter) throws InterruptedException {
    receipts.trying(channel.name(), letter);
    for (int tries = 1; ; tries++) {
      DeliveryException failure = tryOnce(letter);
      if (failure == null) {
        return;
      }
      Duration pause = pause(tries, failure);
      boolean last = failure.isForGood() || isTooOldAfter(letter, pause);
      LOG.log(
          last ? Level.ERROR : Level.INFO,
          "{0}: try {1} failed{2}: {3}: {4}",
          channel.name(),
          tries,
          last ? ", given up" : "",
          LetterText.subject(letter),
          failure.getMessage());
      if (last) {
        end(letter, false);
        receipts.givenUp(channel.name(), letter, String.valueOf(failure.getMessage()));
        return;
      } else if (!pauseUnlessClosing(pause)) {
        return; // it is left to the next start
      }
    }
  }

  /** Null if it was delivered. A broken channel must not end the thread. */
  private @Nullable DeliveryException tryOnce(Letter letter) {
    try {
      String thread = channel.deliver(letter);
      String name = thread != null ? thread : letter.key();
      synchronized (lock) {
        outbox.delivered(letter, name, System.nanoTime());
      }
      end(letter, true);
      receipts.delivered(channel.name(), letter, letter.thread() != null ? letter.thread() : name);
      return null;
    } catch (DeliveryException e) {
      return e;
    } catch (RuntimeException | LinkageError e) {
      return new DeliveryException(e.toString(), e);
    }
  }

  private void end(Letter letter, boolean well) {
    synchronized (lock) {
      current = null;
      int notices = letter.covers().size();
      delivered += well ? notices : 0;
      failed += well ? 0 : notices;
    }
  }

  /** Twice as long each time, and never the same for all hosts at once. */
  private Duration pause(int tries, DeliveryException failure) {
    Duration asked = failure.retryAfter();
    if (asked != null) {
      return asked;
    }
    long most = firstPause.toMillis() << Math.min(tries - 1, 20);
    long millis = Math.min(LONGEST_PAUSE.toMillis(), most);
    return Duration.ofMillis(millis / 2 + RandomGenerator.getDefault().nextLong(millis / 2 + 1));
  }

  private boolean isTooOldAfter(Letter letter, Duration pause) {
    Duration age = Duration.between(letter.first().at(), clock.instant()).plus(pause);
    return age.compareTo(pace.retryFor()) > 0;
  }

  /** False: the daemon ends. */
  private boolean pauseUnlessClosing(Duration pause) throws InterruptedException {
    long until = System.nanoTime() + pause.toNanos();
    synchronized (lock) {
      boolean wasClosing = closing;
      while (!closing && System.nanoTime() - until < 0) {
        await(until);
      }
      return !wasClosing; // who closes wakes it for one more try
    }
  }
}
