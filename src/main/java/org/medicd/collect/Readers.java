package org.medicd.collect;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Gap;

/**
 * A few threads that read what may block. One that has not come back by its deadline is counted,
 * reported and never joined; another takes its place, up to a small number.
 */
public final class Readers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Readers.class.getName());
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int MOST_THREADS = 4;
  private static final int QUEUE = 8192;

  private final String aspect;
  private final LongSupplier monotonicNanos;
  private final int mostThreads;
  private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>(QUEUE);
  private final List<Reader> readers = new ArrayList<>();
  private volatile boolean closed;

  private record Job(String what, Runnable work) {}

  private record Running(String what, long sinceNanos) {}

  public Readers(String aspect, LongSupplier monotonicNanos) {
    this(aspect, monotonicNanos, MOST_THREADS);
  }

  /**
   * @param mostThreads how many may hang at the same time before nothing more is read
   */
  public Readers(String aspect, LongSupplier monotonicNanos, int mostThreads) {
    this.aspect = aspect;
    this.monotonicNanos = monotonicNanos;
    this.mostThreads = mostThreads;
  }

  /** Asks for work to be done soon; false where too much is waiting already. */
  public boolean offer(String what, Runnable work) {
    if (readers.isEmpty()) {
      start();
    }
    return queue.offer(new Job(what, work));
  }

  /** Gives each work that waits a thread of its own, as far as there may be more. */
  public void relieve() {
    for (int more = Math.min(queue.size(), mostThreads - readers.size()); more > 0; more--) {
      start();
    }
  }

  /** Looks after the threads; what is stuck is told. Called once a tick, as is {@link #offer}. */
  public List<Gap> check() {
    List<Gap> gaps = new ArrayList<>();
    for (Reader reader : readers) {
      Running running = reader.running;
      long nanos = running != null ? monotonicNanos.getAsLong() - running.sinceNanos() : 0;
      if (running != null && nanos > DEADLINE.toNanos()) {
        gaps.add(new Gap(aspect, running.what(), "no answer for " + nanos / 1_000_000_000 + " s"));
      }
    }
    if (!gaps.isEmpty() && gaps.size() == readers.size()) {
      if (readers.size() < mostThreads) {
        start();
      } else {
        gaps.add(new Gap(aspect, "the host", "all " + readers.size() + " readers are stuck"));
      }
    }
    return gaps;
  }

  private void start() {
    Reader reader = new Reader();
    readers.add(reader);
    reader.start();
  }

  @Override
  public void close() {
    closed = true;
    readers.forEach(Thread::interrupt);
  }

  private final class Reader extends Thread {
    private volatile @Nullable Running running;

    Reader() {
      super("medicd-reader-" + aspect.replace('/', '-') + "-" + readers.size());
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          Job job = queue.take();
          running = new Running(job.what(), monotonicNanos.getAsLong());
          read(job);
          running = null;
        }
      } catch (InterruptedException e) {
        interrupt();
      }
    }

    /** A mistake in one reading must not end the thread: it would look as if it hung for ever. */
    private void read(Job job) {
      try {
        job.work().run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, aspect + " of " + job.what() + " could not be read", e);
      }
    }
  }
}
