package org.medicd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells all that is wrong with configuration and rules. */
@Command(name = "check", description = "All problems of configuration and rules at once.")
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Checks checks;

  @Option(names = "--config", paramLabel = "FILE", description = "the configuration to check")
  private @Nullable Path config;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "a folder of rules in place of the configured ones; may be repeated")
  private List<Path> rules = new ArrayList<>();

  CheckCommand(Surroundings surroundings, Checks checks) {
    this.surroundings = surroundings;
    this.checks = checks;
  }

  @Override
  public Integer call() {
    List<String> problems = checks.problems(config, List.copyOf(rules));
    problems.forEach(problem -> surroundings.say(Escaped.of(problem)));
    if (problems.isEmpty()) {
      surroundings.say("no problems");
      return ExitStatus.GOOD;
    }
    surroundings.err().println(problems.size() + (problems.size() == 1 ? " problem" : " problems"));
    return ExitStatus.FOUND;
  }
}
