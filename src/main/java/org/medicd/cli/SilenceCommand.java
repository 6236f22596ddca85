package org.medicd.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For a while do nothing about some incidents, and tell nobody. */
@Command(
    name = "silence",
    description = "For a while do nothing about some incidents, and tell nobody of them.")
final class SilenceCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  @Parameters(
      paramLabel = "MATCH",
      arity = "1..*",
      description =
          "whom: nginx, web@*.service, /usr/bin/x, /var, or diagnosis=, rule=, unit=, process=, user=,"
              + " subject= and a pattern; of several all must match")
  private List<String> match = new ArrayList<>();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      required = true,
      description = "how long, as 30m, 2h, 1d")
  private String length = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "for others to read")
  private @Nullable String reason;

  SilenceCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    List<@Nullable String> parameters =
        new ArrayList<>(Arrays.asList("for", length, "reason", reason));
    match.forEach(each -> parameters.addAll(List.of("match", each)));
    surroundings.say(Escaped.of(runtime.client().commandWith("silence", parameters)));
    return ExitStatus.GOOD;
  }
}
