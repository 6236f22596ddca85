package org.medicd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Do nothing until resume; go on watching. */
@Command(name = "pause", description = "Do nothing until resume; go on watching.")
final class PauseCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  PauseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    surroundings.say(Escaped.of(runtime.client().command("pause")));
    return ExitStatus.GOOD;
  }
}
