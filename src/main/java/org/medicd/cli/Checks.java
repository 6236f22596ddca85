package org.medicd.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks over what an admin wrote. Each problem is one line: where, what, how to mend it. */
public interface Checks {
  /**
   * Problems of the configuration.
   *
   * @param file null: the default one, or the defaults where there is none
   */
  List<String> configuration(@Nullable Path file);

  /**
   * Problems of the rules.
   *
   * @param configuration as above; a broken one counts with the defaults here
   * @param folders in place of the configured ones; empty: those
   */
  List<String> rules(@Nullable Path configuration, List<Path> folders);
}
