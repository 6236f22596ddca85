package org.medicd.it;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules that several tests have alike are compiled by the first of them: a compiler takes seconds
 * of two processors. What is kept is named by what it was made of, so nothing old is ever used.
 */
final class CompiledOnce {
  private static final Path KEPT = Path.of("target", "compiled-once").toAbsolutePath();
  private static final FileAttribute<?> OWNERS_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private CompiledOnce() {}

  /** Gives a daemon's cache what was compiled for others. */
  static void lend(Path cache) throws IOException {
    Files.createDirectories(cache, OWNERS_ONLY);
    copy(KEPT, cache);
  }

  /** Keeps what a daemon has compiled. */
  static void keep(Path cache) throws IOException {
    Files.createDirectories(KEPT, OWNERS_ONLY);
    copy(cache, KEPT);
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : rules(from)) {
      Path there = to.resolve(file.getFileName());
      if (Files.notExists(there)) {
        Path draft = Files.createTempFile(to, "copy", null); // others may look meanwhile
        try {
          Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
          Files.move(draft, there, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
          Files.deleteIfExists(draft); // another one did it, or it was removed
        }
      }
    }
  }

  private static List<Path> rules(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".rules")).toList();
    }
  }
}
