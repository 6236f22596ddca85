package org.medicd.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.medicd.evidence.EvidenceShelf;
import org.medicd.plan.Incident;
import org.medicd.record.flight.FlightCopy;

/**
 * Keeps of each incident what the flight recorder has of it, beside its evidence: once it has
 * ended, or, of one that lasts, before its beginning is forgotten. Writing is done by a thread of
 * its own.
 */
final class Slices implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Slices.class.getName());
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** An incident about a full disk must not fill it. */
  private static final long ROOM_LEFT = 64L << 20;

  /** The recorder has written by then what was seen until now. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final Duration BETWEEN_TIDYINGS = Duration.ofHours(1);

  private final Path recording;
  private final Path evidence;
  private final EvidenceShelf shelf;
  private final ScheduledThreadPoolExecutor writer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "medicd-slices");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Future<?>> due = new ConcurrentHashMap<>();

  /**
   * @param recording folder of the flight recorder
   * @param evidence folder of all incidents' evidence
   * @param shelf the same, which is kept small
   * @param clock tells how old evidence is
   */
  Slices(Path recording, Path evidence, EvidenceShelf shelf, InstantSource clock) {
    this.recording = recording;
    this.evidence = evidence;
    this.shelf = shelf;
    writer.setRemoveOnCancelPolicy(true);
    long spacing = BETWEEN_TIDYINGS.toSeconds();
    writer.scheduleWithFixedDelay(() -> tidy(clock.instant()), 60, spacing, TimeUnit.SECONDS);
  }

  /** Learns of an incident that is new or has changed. On the tick's thread only. */
  void see(Incident incident) {
    Future<?> planned = due.get(incident.id());
    if (incident.state().isClosed()) {
      due.remove(incident.id());
      if (planned != null && planned.cancel(false)) {
        keep(incident.id(), SETTLED);
      }
    } else if (planned == null) {
      due.put(incident.id(), keep(incident.id(), LONGEST));
    }
  }

  /**
   * The folder of what is kept of an incident; null where there is none. Blocks as the disk does.
   */
  @Nullable String folderOf(String incident) {
    Path folder = evidence.resolve(incident);
    return Files.isDirectory(folder) ? folder.toString() : null;
  }

  private Future<?> keep(String incident, Duration delay) {
    return writer.schedule(() -> write(incident), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tidy(Instant now) {
    try {
      List<String> gone = shelf.tidy(now, Set.copyOf(due.keySet()));
      if (!gone.isEmpty()) {
        LOG.log(Level.INFO, "the evidence of " + gone.size() + " incidents was old, or too much");
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.WARNING, "evidence that is old, or too much, is still there: " + e.getMessage());
    }
  }

  private void write(String incident) {
    Path folder = evidence.resolve(incident);
    try {
      if (Files.getFileStore(evidence.getParent()).getUsableSpace() < ROOM_LEFT) {
        throw new IOException("less than 64 MiB are left on the disk of " + evidence);
      }
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file = folder.resolve("flight");
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream out = Files.newOutputStream(file)) {
        new FlightCopy(recording, out).copyAll();
      }
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "no recording is kept of incident " + incident + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }
}
