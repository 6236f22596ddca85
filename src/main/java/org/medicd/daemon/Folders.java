package org.medicd.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a daemon keeps things.
 *
 * @param state what outlives a reboot: the store, evidence
 * @param runtime what need not: the journal, the socket; on tmpfs, so that a hanging disk hangs
 *     nothing
 */
public record Folders(Path state, Path runtime) {
  /** Creates what is missing, for this user only. */
  void create() throws IOException {
    for (Path folder : new Path[] {state, runtime}) {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    }
  }

  Path socket() {
    return runtime.resolve("api.sock");
  }

  Path evidence() {
    return state.resolve("evidence");
  }
}
