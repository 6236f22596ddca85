package org.medicd.record.flight;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Copies what a flight recorder keeps, and goes on with what it adds, each piece once. */
public final class FlightCopy {
  private final Path folder;
  private final OutputStream out;
  private long last;
  private long copied;

  public FlightCopy(Path folder, OutputStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Copies the segments that are complete: all but the one that is being written. */
  public void copyComplete() throws IOException {
    List<Path> segments = FlightRing.segments(folder);
    for (Path segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
      copy(segment);
    }
  }

  /** Copies the rest too, up to the last tick. The end of it all. */
  public void copyAll() throws IOException {
    for (Path segment : FlightRing.segments(folder)) {
      copy(segment);
    }
  }

  private void copy(Path segment) throws IOException {
    long number = FlightRing.numberOf(segment);
    if (number > last) {
      last = number;
      try (InputStream in =
          new WholeChunks(new BufferedInputStream(Files.newInputStream(segment)))) {
        copied += in.transferTo(out);
      } catch (NoSuchFileException e) {
        // it was the oldest, and has just gone
      }
    }
  }

  /** Bytes. */
  public long copied() {
    return copied;
  }
}
