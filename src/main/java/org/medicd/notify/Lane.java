package org.medicd.notify;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
  private static final String REMOVED = "the channel was removed";

  private final String name;
  private final Pauses pauses;
  private final Receipts receipts;
  private final InstantSource clock;
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  private final Object lock = new Object(); // what follows is guarded by it
  private final Outbox outbox;
  private final Health health;
  private Channel channel;
  private Pace pace;
  private @Nullable Letter current;
  private boolean restored;
  private boolean closing;
  private boolean abandoned;
  private boolean removed;

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
    this.name = channel.name();
    this.channel = channel;
    this.pace = pace;
    this.pauses = new Pauses(firstPause);
    this.receipts = receipts;
    this.clock = clock;
    this.outbox = new Outbox(pace, quiet);
    this.health = new Health(clock);
    this.thread = new Thread(this::run, "notify-" + name);
    thread.setDaemon(true);
  }

  /** What its channel is called; another one in its place is called the same. */
  String name() {
    return name;
  }

  Channel channel() {
    synchronized (lock) {
      return channel;
    }
  }

  /**
   * Goes on with other settings, and maybe by another channel of the same name. What waits stays in
   * its order; what is being delivered is not begun anew, but if it fails it is tried at once by
   * the other.
   */
  void replace(Channel other, Pace otherPace, Predicate<Notice> quiet) {
    synchronized (lock) {
      if (other != channel) {
        channel.close();
        if (restored) {
          other.begin();
        }
      }
      channel = other;
      pace = otherPace;
      outbox.follow(otherPace, quiet);
      lock.notifyAll();
    }
  }

  /** Ends for good: what waits is given up, and so is what is being delivered, should that fail. */
  void remove() {
    Letter left;
    synchronized (lock) {
      removed = true;
      closing = true;
      left = outbox.takeAll();
      health.givenUp(left == null ? 0 : left.covers().size());
      lock.notifyAll();
    }
    channel().close();
    if (left != null) {
      logRemoved(left);
      receipts.givenUp(name, left, REMOVED);
    }
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
      channel.begin();
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
      channel.close();
      lock.notifyAll();
    }
    if (!ended.isDone()) {
      thread.interrupt();
    }
    if (left > 0) {
      LOG.log(Level.WARNING, "{0}: {1} notices are left to the next start", name, left);
    }
  }

  Tally tally() {
    synchronized (lock) {
      return health.tally(name, waiting());
    }
  }

  /** Whether people were told of that incident. */
  boolean hasTold(String incident) {
    synchronized (lock) {
      return outbox.hasTold(incident);
    }
  }

  /** Whether nobody is to be disturbed with it now. */
  boolean isQuiet(Notice notice) {
    synchronized (lock) {
      return outbox.isQuiet(notice);
    }
  }

  /** Empty: the last letter went, or none is tried. */
  Optional<Failing> failing() {
    synchronized (lock) {
      return health.fails().filter(lasts -> current != null).map(lasts -> new Failing(name, lasts));
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
    receipts.trying(name, letter);
    Channel tried = channel();
    for (int tries = 1; ; tries++) {
      DeliveryException failure = tryOnce(letter, tried);
      if (failure == null) {
        return;
      }
      Duration pause = pauses.after(tries, failure);
      boolean last = failure.isForGood() || isTooOldAfter(letter, pause);
      log(last, tries, letter, failure);
      if (last) {
        giveUp(letter, String.valueOf(failure.getMessage()));
        return;
      }
      boolean again = pauseUnlessClosing(pause, tried);
      if (isRemoved()) {
        logRemoved(letter);
        giveUp(letter, REMOVED);
        return;
      } else if (!again) {
        return; // it is left to the next start
      }
      Channel next = channel();
      tries = next == tried ? tries : 0;
      tried = next;
    }
  }

  private boolean isRemoved() {
    synchronized (lock) {
      return removed;
    }
  }

  private void log(boolean last, int tries, Letter letter, DeliveryException failure) {
    LOG.log(
        last ? Level.ERROR : Level.INFO,
        "{0}: try {1} failed{2}: {3}: {4}",
        name,
        tries,
        last ? ", given up" : "",
        LetterText.subject(letter),
        failure.getMessage());
  }

  private void logRemoved(Letter letter) {
    LOG.log(Level.ERROR, "{0}: given up: {1}: {2}", name, LetterText.subject(letter), REMOVED);
  }

  private void giveUp(Letter letter, String why) {
    synchronized (lock) {
      current = null;
      health.givenUp(letter.covers().size());
    }
    receipts.givenUp(name, letter, why);
  }

  /** Null if it was delivered. A broken channel must not end the thread. */
  private @Nullable DeliveryException tryOnce(Letter letter, Channel by) {
    try {
      String given = by.deliver(letter);
      String before = letter.thread() != null ? letter.thread() : letter.key();
      String called = given != null ? given : before;
      synchronized (lock) {
        outbox.delivered(letter, called, System.nanoTime());
        health.delivered(letter.covers().size());
        current = null;
      }
      receipts.delivered(name, letter, called);
      return null;
    } catch (DeliveryException e) {
      return failed(e);
    } catch (RuntimeException | LinkageError e) {
      return failed(new DeliveryException(e.toString(), e));
    }
  }

  private DeliveryException failed(DeliveryException failure) {
    synchronized (lock) {
      health.failed(failure);
    }
    return failure;
  }

  private boolean isTooOldAfter(Letter letter, Duration pause) {
    Duration age = Duration.between(letter.first().at(), clock.instant()).plus(pause);
    synchronized (lock) {
      return age.compareTo(pace.retryFor()) > 0;
    }
  }

  /** Not for longer than until there is another channel. False: the daemon ends. */
  private boolean pauseUnlessClosing(Duration pause, Channel tried) throws InterruptedException {
    long until = System.nanoTime() + pause.toNanos();
    synchronized (lock) {
      boolean wasClosing = closing;
      while (!closing && channel == tried && System.nanoTime() - until < 0) {
        await(until);
      }
      return !wasClosing; // who closes wakes it for one more try
    }
  }
}
