package org.medicd.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;

/** Runs the daemon in the foreground. */
public interface DaemonStarter {
  /**
   * What the command line says of a daemon.
   *
   * @param config null: the default one, or the defaults where there is none
   * @param rules in place of the configured folders; empty: those
   * @param cache where compiled rules are kept; null: below the state if that is not the default
   * @param mode wins over the configuration; null: as configured
   */
  record Settings(
      @Nullable Path config,
      List<Path> rules,
      Path state,
      Path runtime,
      @Nullable Path cache,
      @Nullable Mode mode) {
    public Settings {
      rules = List.copyOf(rules);
    }
  }

  /** Returns the exit status when the daemon was stopped, or could not begin. */
  int run(Settings settings) throws Exception;
}
