package org.medicd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Go on after a pause. */
@Command(name = "resume", description = "Go on after a pause.")
final class ResumeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  ResumeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    surroundings.say(Escaped.of(runtime.client().command("resume")));
    return ExitStatus.GOOD;
  }
}
