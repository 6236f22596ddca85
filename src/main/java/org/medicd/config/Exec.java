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
  static Exec defaults() {
    return new Exec(Path.of("/etc/medicd/actions"), "nobody", Duration.ofSeconds(30));
  }
}
