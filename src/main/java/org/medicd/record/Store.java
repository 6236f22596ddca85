package org.medicd.record;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;

/**
 * Incidents and the audit trail on the disk, written by a thread of its own: whoever puts never
 * waits, whoever asks waits for a deadline at most, whatever the disk does. What the disk does not
 * take stays in memory, up to a limit, and is tried again.
 */
public final class Store implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Store.class.getName());
  private static final int MAX_QUESTIONS = 16;

  private final StoreSettings settings;
  private final InstantSource clock;
  private final Thread thread;
  private final StoreSession session;

  private final Object lock = new Object();
  private final Pending pending;
  private final Deque<FutureTask<?>> questions = new ArrayDeque<>();
  private boolean stopping;
  private long retryAtNanos = System.nanoTime();
  private @Nullable String problem;
  private @Nullable Instant problemSince;
  private @Nullable Instant busySince;
  private long busyNanos;
  private int writing;

  /**
   * Starts the thread; the file is opened there, so that a disk which hangs holds up nobody.
   *
   * @param goingOn ids of those that may be open on the disk; others are withdrawn there: what the
   *     journal knew of them went with a restart of the host
   */
  public Store(StoreSettings settings, InstantSource clock, Set<String> goingOn) {
    this.settings = settings;
    this.clock = clock;
    this.pending = new Pending(settings.maxPending());
    this.session = new StoreSession(settings, clock, goingOn);
    this.thread = new Thread(this::run, "medicd-store");
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands over a snapshot. Never blocks, never throws. */
  public void put(Incident incident) {
    put(incident, List.of());
  }

  /**
   * Hands over a snapshot and what people are to be told of it: both are on the disk, or neither.
   * Never blocks, never throws.
   */
  public void put(Incident incident, List<Post> posts) {
    synchronized (lock) {
      pending.add(new Pending.Change(incident, List.copyOf(posts), clock.instant()));
      lock.notifyAll();
    }
  }

  /**
   * A letter is about to be tried. Never blocks.
   *
   * @param letter its key
   * @param notices ids of those that it tells
   */
  public void trying(String channel, String letter, List<String> notices) {
    add(new Pending.Tried(channel, letter, notices));
  }

  /**
   * These need not be told any more. Never blocks.
   *
   * @param outcome delivered, or why it was given up
   */
  public void ended(String channel, List<String> notices, String outcome) {
    add(new Pending.Ended(channel, notices, outcome, clock.instant()));
  }

  /** People were told of an incident. Never blocks. */
  public void thread(String channel, String incident, Unsent.Thread thread) {
    add(new Pending.Threaded(channel, incident, thread, clock.instant()));
  }

  private void add(Pending.Entry entry) {
    synchronized (lock) {
      pending.add(entry);
      lock.notifyAll();
    }
  }

  /**
   * What an earlier run was to tell people and did not.
   *
   * @param journalled what it was to tell as far as the journal knows: the disk may not have all
   * @throws IOException where the disk cannot be read, or does not answer in time
   */
  public Unsent unsent(List<Post> journalled) throws IOException {
    return ask(
        database -> {
          for (Post post : journalled) {
            database.outbox().add(post);
          }
          database.commit();
          return database.outbox().unsent();
        });
  }

  /**
   * Adds a line to the audit trail, about medicd itself or what a person did. Never blocks.
   *
   * @param what a word: pause, started
   */
  public void note(String what, String detail) {
    add(new Pending.Note(clock.instant(), what, detail));
  }

  /** The end of the audit trail that the disk has; null: not known yet. Never blocks. */
  public @Nullable AuditHead head() {
    return session.head();
  }

  /**
   * The latest incidents on the disk, newest first.
   *
   * @throws IOException where the disk cannot be read, or does not answer in time
   */
  public List<Incident> recent(int limit) throws IOException {
    return ask(database -> database.recent(limit));
  }

  /** One incident from the disk; throws as {@link #recent}. */
  public Optional<Incident> find(String id) throws IOException {
    return ask(database -> database.find(id));
  }

  /** The latest lines of the audit trail, newest first; throws as {@link #recent}. */
  public List<AuditLine> audit(int limit) throws IOException {
    return ask(database -> database.audit(limit));
  }

  /** Whether the disk takes what it is given. Never blocks. */
  public StoreHealth health() {
    synchronized (lock) {
      String what = problem;
      Instant since = problemSince;
      Instant busy = busySince;
      if (busy != null) {
        Duration waited = Duration.ofNanos(System.nanoTime() - busyNanos);
        if (waited.compareTo(settings.deadline()) > 0) {
          what = "the disk has not answered for " + waited.toSeconds() + " s";
          since = busy;
        }
      }
      Path damaged = session.damaged();
      return new StoreHealth(
          what,
          since,
          pending.size() + writing,
          pending.lost(),
          damaged == null ? null : damaged.toString());
    }
  }

  /** Writes what is pending if the disk takes it within the deadline, and stops. */
  @Override
  public void close() {
    synchronized (lock) {
      stopping = true;
      lock.notifyAll();
    }
    try {
      thread.join(settings.deadline().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T ask(StoreSession.Question<T> question) throws IOException {
    FutureTask<T> task = new FutureTask<>(() -> session.read(question));
    synchronized (lock) {
      if (stopping || questions.size() >= MAX_QUESTIONS) {
        throw new IOException("the store does not answer: it is " + (stopping ? "closed" : "busy"));
      }
      questions.add(task);
      lock.notifyAll();
    }
    try {
      return task.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(session.describe(cause), cause);
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new IOException(
          "the store does not answer within " + settings.deadline().toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the store", e);
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      FutureTask<?> question;
      List<Pending.Entry> batch;
      synchronized (lock) {
        awaitWork();
        last = stopping;
        question = questions.poll();
        batch = question == null && (last || retryIsDue()) ? pending.takeAll() : List.of();
        writing = batch.size();
        busySince = clock.instant();
        busyNanos = System.nanoTime();
      }
      if (question != null) {
        question.run();
        last = false;
      } else {
        write(batch);
      }
      synchronized (lock) {
        busySince = null;
      }
    }
    session.announceHead(Duration.ZERO);
    session.close();
  }

  /** Wakes at least once a minute: the cleaning may be due. */
  private void awaitWork() {
    try {
      while (questions.isEmpty() && !stopping) {
        boolean due = !pending.isEmpty() || session.isCleaningDue();
        if (due && retryIsDue()) {
          return;
        }
        long untilRetry = TimeUnit.NANOSECONDS.toMillis(retryAtNanos - System.nanoTime());
        lock.wait(due ? Math.max(1, untilRetry) : 60_000);
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private boolean retryIsDue() {
    return System.nanoTime() - retryAtNanos >= 0;
  }

  private void write(List<Pending.Entry> batch) {
    String failure = null;
    int unwritable = 0;
    try {
      unwritable = session.write(batch);
    } catch (SQLException | IOException | RuntimeException | LinkageError e) {
      // LinkageError: SQLite's native library cannot be loaded, as from a noexec folder
      failure = session.describe(e);
    }
    synchronized (lock) {
      writing = 0;
      for (int i = 0; i < unwritable; i++) {
        pending.countLost();
      }
      if (failure != null) {
        pending.putBack(batch);
        retryAtNanos = System.nanoTime() + settings.retryAfter().toNanos();
      }
      note(failure);
    }
  }

  private void note(@Nullable String failure) {
    if (failure != null && problem == null) {
      problemSince = clock.instant();
      LOG.log(System.Logger.Level.ERROR, "{0}; incidents stay in memory until it does", failure);
    } else if (failure == null && problem != null) {
      problemSince = null;
      LOG.log(System.Logger.Level.INFO, "the store can be written again");
    }
    problem = failure;
  }
}
