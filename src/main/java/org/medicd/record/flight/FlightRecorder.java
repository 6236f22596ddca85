package org.medicd.record.flight;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Deed;

/**
 * Keeps what was seen in the last minutes, tick by tick, in the runtime folder. Writing is done by
 * a thread of its own; where it cannot keep up, or the folder is full, ticks are left out.
 */
public final class FlightRecorder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FlightRecorder.class.getName());
  private static final Duration PER_SEGMENT = Duration.ofMinutes(3);
  private static final int MOST_SEGMENTS = 6;
  private static final long MOST_BYTES = 12L << 20;

  /** They share most of what is in them. */
  private static final int WAITING = 60;

  private static final long IDLE_SECONDS = 1;
  private static final long LAST_MILLIS = 2_000;

  /**
   * A tick to be written.
   *
   * @param afresh others were left out before it: it begins a segment, which tells all that there
   *     is
   */
  private record Tick(Snapshot seen, List<Deed> deeds, boolean afresh) {}

  private final Path folder;
  private final FlightRing ring;
  private final boolean hasPast;
  private final BlockingQueue<Tick> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread writer = new Thread(this::write, "flight-recorder");
  private volatile boolean closed;
  private Duration leftOut = Duration.ZERO;
  private boolean failed;

  /**
   * @param folder for nothing but this; what an earlier run left there is kept for a while
   * @param head of what is recorded from here on
   */
  public FlightRecorder(Path folder, FlightHead head) throws IOException {
    this.folder = folder;
    this.hasPast = Files.isDirectory(folder) && !FlightRing.segments(folder).isEmpty();
    this.ring = new FlightRing(folder, head, PER_SEGMENT, MOST_SEGMENTS, MOST_BYTES);
    writer.setDaemon(true);
    writer.start();
  }

  /** Whether an earlier run has left something. */
  public boolean hasPast() {
    return hasPast;
  }

  /**
   * Takes a tick to be written; never waits. On the tick's thread only.
   *
   * @param deeds what came of actions in this tick
   */
  public void see(Snapshot seen, List<Deed> deeds) {
    boolean afresh = !leftOut.isZero();
    boolean taken =
        waiting.offer(new Tick(afresh ? later(seen) : seen, List.copyOf(deeds), afresh));
    if (!taken && !afresh) {
      LOG.log(Level.WARNING, "the flight recorder is behind: ticks are left out of the recording");
    }
    leftOut = taken ? Duration.ZERO : leftOut.plus(seen.elapsed());
  }

  /** Nothing waits to be written. */
  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /** The time of ticks that were left out goes by with the next that is not. */
  private Snapshot later(Snapshot seen) {
    return new Snapshot(
        seen.at(),
        seen.elapsed().plus(leftOut),
        seen.host(),
        seen.processes(),
        seen.stirred(),
        seen.units(),
        seen.facts(),
        seen.aspects(),
        seen.gaps());
  }

  private void write() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Tick tick = waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        if (tick != null) {
          write(tick);
        }
      }
      ring.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the flight recording cannot be ended: " + e.getMessage());
    }
  }

  private void write(Tick tick) throws IOException {
    try {
      if (tick.afresh()) {
        ring.close();
      }
      ring.write(tick.seen(), tick.deeds());
      failed = false;
    } catch (IOException | RuntimeException e) {
      if (!failed) {
        LOG.log(Level.WARNING, "the flight recorder cannot write: " + e);
      }
      failed = true;
      ring.close(); // what is half written is passed over; the next tick begins a new segment
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      writer.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All that is kept, as one recording. */
  public static InputStream open(Path folder) throws IOException {
    List<InputStream> parts = new ArrayList<>();
    for (Path segment : FlightRing.segments(folder)) {
      parts.add(new WholeChunks(new BufferedInputStream(Files.newInputStream(segment))));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }
}
