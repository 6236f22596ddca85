package org.medicd.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Programs of the admin's that rules may run.
 *
 * @param folder where they are; no other is run
 * @param user as whom they run
 * @param timeout after which they are ended
 */
public record Exec(Path folder, String user, Duration timeout) {
  /** Whether a program of the folder can have that name: no path, and nothing hidden. */
  public static boolean isProgramName(String name) {
    return !name.isEmpty() && !name.contains("/") && !name.startsWith(".");
  }

  static Exec defaults() {
    return new Exec(Path.of("/etc/medicd/actions"), "nobody", Duration.ofSeconds(30));
  }
}
