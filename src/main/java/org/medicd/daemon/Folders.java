package org.medicd.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a daemon keeps things.
 *
 * @param state what outlives a reboot: the store, evidence
 * @param runtime what need not: the journal, the socket; on tmpfs, so that a hanging disk hangs
 *     nothing
 * @param cache compiled rules, which can be made again
 */
public record Folders(Path state, Path runtime, Path cache) {
  private static final Path STATE = Path.of("/var/lib/medicd");
  private static final Path CACHE = Path.of("/var/cache/medicd");

  /**
   * @param cache null: the default one, and for a daemon that keeps its state elsewhere, below that
   */
  public static Folders of(Path state, Path runtime, @Nullable Path cache) {
    Path usual = state.equals(STATE) ? CACHE : state.resolve("cache");
    return new Folders(state, runtime, cache != null ? cache : usual);
  }

  /** Where compiled rules are kept unless somebody says otherwise. */
  public static Path usualCache() {
    return CACHE;
  }

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

  /** Of a daemon's runtime folder, what its flight recorder keeps. */
  public static Path flight(Path runtime) {
    return runtime.resolve("flight");
  }

  /** The file with a line for all that happens: in systemd's folder of logs, where it names one. */
  Path alertLog(Map<String, String> environment) {
    String logs = environment.getOrDefault("LOGS_DIRECTORY", "");
    Path folder = logs.isEmpty() ? state : Path.of(logs.split(":", 2)[0]);
    return folder.resolve("alerts.log");
  }

  Path evidence() {
    return state.resolve("evidence");
  }
}
