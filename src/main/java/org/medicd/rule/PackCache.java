package org.medicd.rule;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.TrustedPath;

/**
 * Compiled rules in a folder, each file named by its key. They are code that the daemon runs: a
 * file that anybody else could have written is not taken, but made anew.
 */
final class PackCache {
  private static final System.Logger LOG = System.getLogger(PackCache.class.getName());
  private static final String SUFFIX = ".rules";
  private static final String DRAFT = ".draft";
  private static final int KEPT = 4;

  /** No compilation takes so long: such a draft was left by one that was killed. */
  private static final long OLD_DRAFT_MILLIS = 3_600_000;

  private final Path folder;

  PackCache(Path folder) {
    this.folder = folder;
  }

  private Path file(String key) {
    return folder.resolve(key + SUFFIX);
  }

  /** Null where there is none that can be used; a damaged one is told. */
  @Nullable CompiledRules find(String key) {
    Path file = file(key);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      List<String> distrust = TrustedPath.problems(file);
      if (!distrust.isEmpty()) {
        throw new UnfitPackException(distrust.get(0));
      }
      PackFile found = PackFile.parse(Files.readAllBytes(file));
      if (!found.key().equals(key) || found.compiled() == null) {
        throw new UnfitPackException("it was made of something else");
      }
      return found.compiled();
    } catch (UnfitPackException | IOException e) {
      LOG.log(Level.WARNING, file + " is not used, the rules are compiled anew: " + e.getMessage());
      return null;
    }
  }

  /**
   * Where the result of a compilation may be written to before it is kept.
   *
   * @throws UnfitPackException if others may write there too: they could put a link in its place
   */
  Path draft(String key) throws IOException, UnfitPackException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    List<String> distrust = TrustedPath.problems(folder);
    if (!distrust.isEmpty()) {
      throw new UnfitPackException(distrust.get(0));
    }
    return folder.resolve(key + "." + ProcessHandle.current().pid() + DRAFT);
  }

  /** Gives a draft its name, and removes files that were not made of late. */
  void keep(String key, Path draft) throws IOException {
    Files.move(
        draft, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> latestFirst =
          files.sorted(Comparator.comparingLong(PackCache::changed).reversed()).toList();
      long now = changed(file(key));
      Stream<Path> old =
          latestFirst.stream()
              .filter(each -> each.toString().endsWith(SUFFIX) && !each.equals(file(key)))
              .skip(KEPT - 1);
      Stream<Path> abandoned =
          latestFirst.stream()
              .filter(each -> each.toString().endsWith(DRAFT))
              .filter(each -> changed(each) < now - OLD_DRAFT_MILLIS);
      for (Path each : Stream.concat(old, abandoned).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static long changed(Path file) {
    return file.toFile().lastModified();
  }
}
