package org.medicd.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.medicd.api.ApiClient;
import picocli.CommandLine.Option;

/** --runtime: which daemon is asked. */
final class RuntimeFolder {
  static final String DEFAULT = "/run/medicd";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Option(
      names = "--runtime",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "the daemon's runtime folder (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(DEFAULT);

  Path path() {
    return folder;
  }

  ApiClient client() {
    return client(TIMEOUT);
  }

  /** For what takes the daemon longer than an answer. */
  ApiClient client(Duration timeout) {
    return new ApiClient(folder, timeout);
  }
}
