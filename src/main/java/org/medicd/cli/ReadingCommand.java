package org.medicd.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.medicd.api.ApiClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks the daemon one thing and shows it, for people or as JSON. */
abstract class ReadingCommand implements Callable<Integer> {
  final Surroundings surroundings;

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  @Option(names = "--json", description = "one JSON document, of a stable schema")
  boolean json;

  ReadingCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The daemon's answer, as JSON. */
  abstract String ask(ApiClient client) throws IOException;

  /** Shows it to people. */
  abstract void show(String answer) throws IOException;

  final ApiClient client() {
    return runtime.client();
  }

  final Paint paint() {
    return new Paint(surroundings.colour());
  }

  @Override
  public Integer call() throws Exception {
    String answer = ask(client());
    if (json) {
      surroundings.say(Escaped.json(answer));
    } else {
      show(answer);
    }
    return ExitStatus.GOOD;
  }
}
