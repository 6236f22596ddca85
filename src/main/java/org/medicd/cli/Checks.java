package org.medicd.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks over what an admin wrote. */
@FunctionalInterface
public interface Checks {
  /**
   * All problems of configuration and rules; each is one line: where, what, how to mend it.
   *
   * @param configuration null: the default one, or the defaults where there is none
   * @param rules folders in place of the configured ones; empty: those
   */
  List<String> problems(@Nullable Path configuration, List<Path> rules);

  /** What else is to be known of the configuration: when maintenance windows open next. */
  default List<String> outlook(@Nullable Path configuration) {
    return List.of();
  }
}
