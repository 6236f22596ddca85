package org.medicd.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Do nothing until resume; go on watching. */
@Command(
    name = "pause",
    description = "Do nothing until resume, whatever is restarted; go on watching.")
final class PauseCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  @Option(names = "--reason", paramLabel = "TEXT", description = "for others to read")
  private @Nullable String reason;

  PauseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    String answer = runtime.client().commandWith("pause", Arrays.asList("reason", reason));
    surroundings.say(Escaped.of(answer));
    return ExitStatus.GOOD;
  }
}
