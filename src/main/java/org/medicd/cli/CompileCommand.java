package org.medicd.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compiles the rules into the cache, so that the daemon's first start is a quick one. */
@Command(
    name = "compile",
    description = "Compiles the rules into the cache, so that the daemon starts at once.")
final class CompileCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Compiling compiling;

  @Mixin private RulesChoice choice = new RulesChoice();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where compiled rules are kept (default: /var/cache/medicd)")
  private @Nullable Path cache;

  @Option(names = "--to", paramLabel = "FILE", hidden = true)
  private @Nullable Path to;

  CompileCommand(Surroundings surroundings, Compiling compiling) {
    this.surroundings = surroundings;
    this.compiling = compiling;
  }

  @Override
  public Integer call() throws Exception {
    if (to != null) {
      compiling.write(choice.config(), choice.rules(), to);
      return ExitStatus.GOOD;
    }
    List<String> problems = compiling.fill(choice.config(), choice.rules(), cache);
    problems.forEach(problem -> surroundings.say(Escaped.of(problem)));
    if (problems.isEmpty()) {
      surroundings.say("compiled");
      return ExitStatus.GOOD;
    }
    return ExitStatus.FOUND;
  }
}
