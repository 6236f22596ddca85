package org.medicd.daemon;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;

/**
 * What the command line says about a daemon.
 *
 * @param config configuration file; null: the default one, if it is there
 * @param rules folders that replace the configured ones; empty: the configured ones hold
 * @param folders where it keeps things
 * @param mode wins over the configured one; null: the configured one holds
 */
public record Options(
    @Nullable Path config, List<Path> rules, Folders folders, @Nullable Mode mode) {
  public Options {
    rules = List.copyOf(rules);
  }

  /** The file that is read, whether it is there or not. */
  Path configFile() {
    return config == null ? Preparation.CONFIG : config;
  }
}
