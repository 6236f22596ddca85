package org.medicd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the scenarios of rules: what they conclude and do of facts that are written down. */
@Command(
    name = "test",
    description = "Runs the scenarios (*.yaml) below a folder against its rules; touches nothing.")
final class TestCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Trials trials;

  @Parameters(index = "0", paramLabel = "DIR", description = "the folder, or one file")
  private Path folder = Path.of(".");

  @Mixin private RulesChoice choice = new RulesChoice();

  @Option(names = "--failures", description = "tell only what is not as expected")
  private boolean failuresOnly;

  TestCommand(Surroundings surroundings, Trials trials) {
    this.surroundings = surroundings;
    this.trials = trials;
  }

  @Override
  public Integer call() {
    List<Trials.Tried> all = new ArrayList<>();
    List<String> problems =
        trials.test(
            choice.config(),
            choice.rules(),
            folder,
            tried -> {
              all.add(tried);
              tell(tried);
            });
    problems.forEach(problem -> surroundings.say(Escaped.of(problem)));
    long failed = all.stream().filter(tried -> !tried.failures().isEmpty()).count();
    surroundings.say(
        all.size()
            + (all.size() == 1 ? " scenario, " : " scenarios, ")
            + (failed == 0 ? "all as expected" : failed + " not as expected"));
    return failed == 0 && problems.isEmpty() ? ExitStatus.GOOD : ExitStatus.FOUND;
  }

  private void tell(Trials.Tried tried) {
    boolean good = tried.failures().isEmpty();
    if (good && failuresOnly) {
      return;
    }
    surroundings.say(
        (good ? "ok    " : "FAIL  ")
            + Escaped.of(tried.place() + "  " + tried.name())
            + "  "
            + tried.millis()
            + " ms");
    for (List<String> failure : tried.failures()) {
      failure.forEach(line -> surroundings.say("      " + Escaped.of(line)));
    }
  }
}
