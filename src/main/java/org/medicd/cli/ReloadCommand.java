package org.medicd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Read configuration and rules anew. */
@Command(name = "reload", description = "Read configuration and rules anew.")
final class ReloadCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  ReloadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    surroundings.say(Escaped.of(runtime.client().command("reload")));
    return ExitStatus.GOOD;
  }
}
