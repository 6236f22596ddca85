package org.medicd.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** A fresh folder for one capture, for medicd's eyes only (0700, files 0600). */
public final class EvidenceFolder {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;

  private EvidenceFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes {@code <state>/evidence/<incident>/<n>}. The state folder may be a link of the
   * administrator; nothing below it may be one, and the last must not be there yet.
   */
  public static EvidenceFolder create(Path path) throws IOException {
    Path incident = path.toAbsolutePath().getParent();
    Path evidence = incident == null ? null : incident.getParent();
    if (incident == null || evidence == null) {
      throw new IOException(path + " is no place for evidence: it has to be two folders deep");
    }
    Files.createDirectories(evidence, FOLDER);
    requireRealFolder(evidence);
    try {
      Files.createDirectory(incident, FOLDER);
    } catch (FileAlreadyExistsException e) {
      requireRealFolder(incident);
    }
    Files.createDirectory(path, FOLDER);
    return new EvidenceFolder(path);
  }

  private static void requireRealFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          folder + " is not a folder, or a link to one: evidence is not put there");
    }
  }

  public void write(String name, byte[] content) throws IOException {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel file = Files.newByteChannel(path.resolve(name), fresh, FILE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        file.write(left);
      }
    }
  }

  /** Removes the folder and what was written. */
  void drop() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }
}
