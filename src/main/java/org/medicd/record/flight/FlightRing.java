package org.medicd.record.flight;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Deed;

/**
 * The last minutes on the disk: a few segments in a folder, the oldest of which goes when there are
 * too many or they are too large. Names are numbers that rise, also over restarts.
 */
final class FlightRing implements AutoCloseable {
  private static final String SUFFIX = ".flight";
  private static final int DIGITS = 9;

  private final Path folder;
  private final FlightHead head;
  private final Duration perSegment;
  private final int mostSegments;
  private final long mostBytes;
  private @Nullable Segment current;
  private Duration inCurrent = Duration.ZERO;
  private long next;

  /**
   * @param head of the segments to come
   * @param perSegment how much time goes into one
   * @param mostSegments that are kept
   * @param mostBytes that they may have together
   */
  FlightRing(Path folder, FlightHead head, Duration perSegment, int mostSegments, long mostBytes)
      throws IOException {
    this.folder = folder;
    this.head = head;
    this.perSegment = perSegment;
    this.mostSegments = mostSegments;
    this.mostBytes = mostBytes;
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<Path> kept = segments(folder);
    next = kept.isEmpty() ? 1 : numberOf(kept.get(kept.size() - 1)) + 1;
  }

  void write(Snapshot seen, List<Deed> deeds) throws IOException {
    inCurrent = inCurrent.plus(seen.elapsed());
    boolean full =
        current != null
            && (inCurrent.compareTo(perSegment) >= 0 || current.bytes() > mostBytes / mostSegments);
    if (full) {
      close();
    }
    if (current == null) {
      inCurrent = Duration.ZERO;
      dropOld(mostSegments - 1);
      current = fresh(seen);
    }
    current.write(seen, deeds);
  }

  /** Leaves nothing where the disk is full. */
  private Segment fresh(Snapshot seen) throws IOException {
    String name = String.format("%0" + DIGITS + "d", next) + SUFFIX;
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    try {
      Segment segment = new Segment(out, head.at(seen.at()));
      next++;
      return segment;
    } catch (IOException e) {
      out.close();
      Files.delete(file);
      throw e;
    }
  }

  private void dropOld(int most) throws IOException {
    List<Path> kept = new ArrayList<>(segments(folder));
    long bytes = 0;
    for (Path each : kept) {
      bytes += Files.size(each);
    }
    while (kept.size() > 1 && (kept.size() > most || bytes > mostBytes)) {
      Path oldest = kept.remove(0);
      bytes -= Files.size(oldest);
      Files.delete(oldest);
    }
  }

  /** The segments in a folder, the oldest first. */
  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("[0-9]{" + DIGITS + ",18}\\.flight"))
          .sorted()
          .toList();
    }
  }

  static long numberOf(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      Segment last = current;
      current = null;
      last.close();
    }
  }
}
