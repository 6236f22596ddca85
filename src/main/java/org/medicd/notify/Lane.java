package org.medicd.notify;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Pace;
import org.medicd.plan.Notice;
import org.medicd.plan.Unsent;

/**
 * The outbox of one channel and the thread that empties it. A letter that cannot be delivered is
 * tried until it has waited for too long; what follows it about the same incidents comes after it.
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
  private @Nullable Attempt current;
  private long notBeforeNanos = System.nanoTime();
  private boolean started;
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
        if (started) {
          other.begin();
        }
      }
      if (other != channel) {
        outbox.hurry(System.nanoTime());
        notBeforeNanos = System.nanoTime();
      }
      channel = other;
      pace = otherPace;
      outbox.follow(otherPace, quiet);
      health.reloaded();
      lock.notifyAll();
    }
  }

  /** Ends for good: what waits is given up, and so is what is being delivered, should that fail. */
  void remove() {
    List<Letter> left;
    synchronized (lock) {
      removed = true;
      closing = true;
      left = outbox.takeAll(System.nanoTime());
      lock.notifyAll();
    }
    channel().close();
    for (Letter letter : left) {
      LOG.log(Level.ERROR, "{0}: given up: {1}: {2}", name, LetterText.subject(letter), REMOVED);
      giveUp(letter, REMOVED);
    }
  }

  /**
   * Begins, with what an earlier run of the daemon left. Once it has begun, it takes more of that.
   *
   * @param threads where incidents were told of
   */
  void start(List<Unsent.Item> left, Map<String, Unsent.Thread> threads) {
    synchronized (lock) {
      Set<String> underWay = current == null ? Set.of() : Set.copyOf(current.letter().covers());
      outbox.restore(
          left.stream().filter(each -> !underWay.contains(each.notice().id())).toList(),
          threads,
          System.nanoTime());
      lock.notifyAll();
      if (started) {
        return;
      }
      started = true;
      channel.begin();
    }
    thread.start();
  }

  /** Never waits for the channel. */
  void add(Notice notice) {
    List<String> forgotten = List.of();
    synchronized (lock) {
      if (!closing) {
        outbox.add(notice, System.nanoTime());
        forgotten = outbox.takeForgotten();
        lock.notifyAll();
      }
    }
    if (!forgotten.isEmpty()) {
      receipts.counted(name, forgotten);
    }
  }

  /** Ends once all that waits was tried once more. */
  CompletableFuture<@Nullable Void> close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
      if (!started) {
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

  /** Empty: the last letter went, or none was tried. */
  Optional<Failing> failing() {
    synchronized (lock) {
      return health.fails().map(lasts -> new Failing(name, lasts));
    }
  }

  private int waiting() {
    return outbox.size() + (current == null ? 0 : current.letter().covers().size());
  }

  private void run() {
    try {
      Attempt attempt = next();
      while (attempt != null) {
        tell(attempt);
        attempt = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // abandoned
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, name + ": nothing is delivered any more", e);
      synchronized (lock) {
        health.ended(e);
      }
    } finally {
      ended.complete(null);
    }
  }

  private @Nullable Attempt next() throws InterruptedException {
    synchronized (lock) {
      while (!closing) {
        long now = System.nanoTime();
        current = now - notBeforeNanos < 0 ? null : outbox.take(now);
        if (current != null) {
          return current;
        }
        long due = outbox.dueNanos(now);
        await(due == Outbox.NEVER ? due : Math.max(due, notBeforeNanos));
      }
      current = isWantedLater() ? null : outbox.takeAny(System.nanoTime());
      return current;
    }
  }

  /** Nothing more is to be tried in this run. */
  private boolean isWantedLater() {
    return abandoned || System.nanoTime() - notBeforeNanos < 0;
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

  private void tell(Attempt attempt) {
    Letter letter = attempt.letter();
    if (attempt.tries() == 0) {
      receipts.trying(name, letter);
    }
    Channel tried = channel();
    long failing = failingNanos();
    DeliveryException failure = tryOnce(letter, tried);
    if (failure == null) {
      return;
    }
    Attempt failed = attempt.failed(failing);
    String why = retry(failed, failure, tried);
    log(failed, failure, why != null);
    if (why != null) {
      giveUp(letter, why);
    }
  }

  /** Since when nothing went by the channel. */
  private long failingNanos() {
    synchronized (lock) {
      return health.failingNanos().orElse(System.nanoTime());
    }
  }

  /** Has it tried again; else returns why it is given up. */
  private @Nullable String retry(Attempt failed, DeliveryException failure, Channel tried) {
    Duration pause = pauses.after(failed.tries(), failure);
    synchronized (lock) {
      long next = System.nanoTime() + pause.toNanos();
      current = null;
      if (removed) {
        return REMOVED;
      } else if (failure.isForGood() || failed.isOlderThan(pace.retryFor(), next)) {
        return String.valueOf(failure.getMessage());
      }
      outbox.retry(failed.again(nextNanos(next, tried)));
      if (failure.retryAfter() != null && channel == tried) {
        notBeforeNanos = next; // who asks for a pause asks for it for all letters
      }
      return null;
    }
  }

  /** Another channel need not wait; what fails at the end is left to the next start. */
  private long nextNanos(long nextNanos, Channel tried) {
    return closing ? Outbox.NEVER : channel == tried ? nextNanos : System.nanoTime();
  }

  private void log(Attempt failed, DeliveryException failure, boolean last) {
    LOG.log(
        last ? Level.ERROR : Level.INFO,
        "{0}: try {1} failed{2}: {3}: {4}",
        name,
        failed.tries(),
        last ? ", given up" : "",
        LetterText.subject(failed.letter()),
        failure.getMessage());
  }

  private void giveUp(Letter letter, String why) {
    synchronized (lock) {
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
}
