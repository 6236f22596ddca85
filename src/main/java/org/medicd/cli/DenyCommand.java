package org.medicd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Say no to the rung that waits for a person. */
@Command(name = "deny", description = "Say no to the rung that waits for a person.")
final class DenyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  @Parameters(paramLabel = "ID", description = "of the incident")
  private String id = "";

  DenyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    surroundings.say(Escaped.of(runtime.client().command("deny", id)));
    return ExitStatus.GOOD;
  }
}
