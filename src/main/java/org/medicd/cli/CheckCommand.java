package org.medicd.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells all that is wrong with configuration and rules. */
@Command(name = "check", description = "All problems of configuration and rules at once.")
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Checks checks;

  @Mixin private RulesChoice choice = new RulesChoice();

  CheckCommand(Surroundings surroundings, Checks checks) {
    this.surroundings = surroundings;
    this.checks = checks;
  }

  @Override
  public Integer call() {
    List<String> problems = checks.problems(choice.config(), choice.rules());
    problems.forEach(problem -> surroundings.say(Escaped.of(problem)));
    checks.outlook(choice.config()).forEach(line -> surroundings.say(Escaped.of(line)));
    if (problems.isEmpty()) {
      surroundings.say("no problems");
      return ExitStatus.GOOD;
    }
    surroundings.err().println(problems.size() + (problems.size() == 1 ? " problem" : " problems"));
    return ExitStatus.FOUND;
  }
}
