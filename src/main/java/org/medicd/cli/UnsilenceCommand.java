package org.medicd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** End a silence before its time. */
@Command(name = "unsilence", description = "End a silence before its time.")
final class UnsilenceCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  @Parameters(paramLabel = "ID", description = "of the silence, as medic status shows it")
  private String id = "";

  UnsilenceCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    surroundings.say(Escaped.of(runtime.client().command("unsilence", id)));
    return ExitStatus.GOOD;
  }
}
