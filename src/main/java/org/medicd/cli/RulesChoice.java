package org.medicd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** --config and --rules: which configuration and which rules are meant. */
final class RulesChoice {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration (default: /etc/medicd/medicd.yaml)")
  private @Nullable Path config;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "a folder of rules in place of the configured ones; may be repeated")
  private List<Path> rules = new ArrayList<>();

  /** Null: the default one, or the defaults where there is none. */
  @Nullable Path config() {
    return config;
  }

  /** Empty: the configured ones. */
  List<Path> rules() {
    return List.copyOf(rules);
  }
}
