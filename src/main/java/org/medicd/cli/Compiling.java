package org.medicd.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles rules, so that a daemon need not. */
public interface Compiling {
  /**
   * Fills the cache that a daemon looks into.
   *
   * @param configuration null: the default one, or the defaults where there is none
   * @param rules folders in place of the configured ones; empty: those
   * @param cache null: the default folder
   * @return all problems that stood in the way, each one line; empty: the cache is filled
   */
  List<String> fill(@Nullable Path configuration, List<Path> rules, @Nullable Path cache);

  /**
   * Writes what a compilation comes to, good or not, to a file: what a daemon asks of its child.
   */
  void write(@Nullable Path configuration, List<Path> rules, Path file) throws Exception;
}
