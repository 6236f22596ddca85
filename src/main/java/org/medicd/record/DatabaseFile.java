package org.medicd.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** medicd.db and what lies beside it in the state folder. */
record DatabaseFile(Path path) {
  static final String NAME = "medicd.db";
  private static final int DAMAGED_KEPT = 3;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static DatabaseFile in(Path folder) {
    return new DatabaseFile(folder.resolve(NAME));
  }

  /**
   * Moves a damaged database away, its log with it, so that a new one can begin. The latest three
   * are kept: a disk that damages each file must not fill up with them.
   */
  Path moveAside(Instant now) throws IOException {
    Path aside = path.resolveSibling(NAME + ".damaged-" + STAMP.format(now));
    Files.move(path, aside);
    for (String suffix : List.of("-wal", "-shm")) {
      Path log = path.resolveSibling(NAME + suffix);
      if (Files.exists(log)) {
        Files.move(log, path.resolveSibling(aside.getFileName() + suffix));
      }
    }
    forgetOldOnes();
    return aside;
  }

  private void forgetOldOnes() throws IOException {
    try (Stream<Path> files = Files.list(path.toAbsolutePath().getParent())) {
      List<Path> damaged =
          files
              .filter(f -> f.getFileName().toString().matches(NAME + "\\.damaged-[0-9TZ.]+"))
              .sorted()
              .toList();
      for (Path old : damaged.subList(0, Math.max(0, damaged.size() - DAMAGED_KEPT))) {
        Files.deleteIfExists(old);
        Files.deleteIfExists(old.resolveSibling(old.getFileName() + "-wal"));
        Files.deleteIfExists(old.resolveSibling(old.getFileName() + "-shm"));
      }
    }
  }
}
