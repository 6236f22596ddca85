package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of all incidents, a folder each. What is too old goes, and the oldest before its
 * time where it is too much; links are removed and never followed.
 */
public final class EvidenceShelf {
  private final Path folder;
  private final Duration retention;
  private final long maxBytes;

  /**
   * @param folder {@code <state>/evidence}
   * @param maxBytes of all evidence together
   */
  public EvidenceShelf(Path folder, Duration retention, long maxBytes) {
    this.folder = folder;
    this.retention = retention;
    this.maxBytes = maxBytes;
  }

  /** The evidence of one incident. */
  private record Lot(Path path, Instant lastChange, long bytes) {}

  /**
   * Makes room. Blocks as the disk does.
   *
   * @param open incidents whose evidence stays, however much it is
   * @return the incidents whose evidence went
   */
  public List<String> tidy(Instant now, Set<String> open) throws IOException {
    List<Lot> lots = lots();
    lots.sort(Comparator.comparing(Lot::lastChange));
    long bytes = lots.stream().mapToLong(Lot::bytes).sum();
    List<String> gone = new ArrayList<>();
    for (Lot lot : lots) {
      String incident = String.valueOf(lot.path().getFileName());
      boolean old = lot.lastChange().plus(retention).isBefore(now);
      if (!open.contains(incident) && (old || bytes > maxBytes)) {
        remove(lot.path());
        bytes -= lot.bytes();
        gone.add(incident);
      }
    }
    return gone;
  }

  private List<Lot> lots() throws IOException {
    List<Lot> lots = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return lots;
    }
    try (Stream<Path> incidents = Files.list(folder)) {
      for (Path each : incidents.toList()) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          lots.add(lot(each));
        }
      }
    }
    return lots;
  }

  private static Lot lot(Path path) throws IOException {
    Measure measure = new Measure();
    Files.walkFileTree(path, measure);
    return new Lot(path, measure.lastChange, measure.bytes);
  }

  private static void remove(Path path) throws IOException {
    Files.walkFileTree(path, new Removal());
  }

  /** Goes over what vanishes meanwhile. */
  private abstract static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private static final class Measure extends Visitor {
    private Instant lastChange = Instant.EPOCH;
    private long bytes;

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return visitFile(path, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      Instant changed = attributes.lastModifiedTime().toInstant();
      lastChange = changed.isAfter(lastChange) ? changed : lastChange;
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Removal extends Visitor {
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(path);
      return FileVisitResult.CONTINUE;
    }
  }
}
