package org.medicd.cli;

import java.io.IOException;
import org.medicd.api.ApiClient;
import org.medicd.api.WhyText;
import org.medicd.api.WhyView;
import org.medicd.record.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What medicd knows of a process, and what it would do. */
@Command(name = "why", description = "What is known of a process, and what would be done about it.")
final class WhyCommand extends ReadingCommand {
  @Parameters(paramLabel = "PID", description = "of the process")
  private int pid;

  WhyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  String ask(ApiClient client) throws IOException {
    return client.why(pid);
  }

  @Override
  void show(String answer) {
    WhyView why = Json.read(answer, WhyView.class);
    WhyText text = WhyText.of(why, surroundings.clock().instant(), Words::of);
    surroundings.say(paint().heading(Escaped.of(text.title())));
    text.does().forEach(this::line);
    for (WhyText.Section section : text.sections()) {
      surroundings.say(paint().heading(section.heading()));
      section.lines().forEach(this::line);
    }
  }

  private void line(String line) {
    surroundings.say("  " + Escaped.of(line));
  }
}
