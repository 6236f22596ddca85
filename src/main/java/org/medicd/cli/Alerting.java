package org.medicd.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells people, by the channels of a configuration. */
@FunctionalInterface
public interface Alerting {
  /** How a test ended. */
  enum End {
    WELL(ExitStatus.GOOD),
    BADLY(ExitStatus.FOUND),
    UNUSABLE(ExitStatus.USAGE),
    NOT_PERMITTED(ExitStatus.NOT_PERMITTED);

    private final int status;

    End(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * What came of a test.
   *
   * @param text for people, of one line or more
   */
  record Result(End end, String text) {}

  /**
   * Sends a letter that says that it is a test.
   *
   * @param configuration null: the default one
   * @param channel its name
   * @param show send nothing, only tell what would be sent
   */
  Result test(@Nullable Path configuration, String channel, boolean show);
}
