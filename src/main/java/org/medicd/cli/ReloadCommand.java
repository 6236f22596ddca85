package org.medicd.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Read configuration and rules anew. */
@Command(name = "reload", description = "Read configuration and rules anew.")
final class ReloadCommand implements Callable<Integer> {
  /** Rules are compiled, and taken through the last minutes, before the daemon answers. */
  private static final Duration COMPILING = Duration.ofMinutes(3);

  private final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  ReloadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    surroundings.say(Escaped.of(runtime.client(COMPILING).command("reload")));
    return ExitStatus.GOOD;
  }
}
