package org.medicd.cli;

import java.io.IOException;
import java.util.List;
import org.medicd.api.ApiClient;
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
    surroundings.say(paint().heading(Escaped.of(why.comm()) + "[" + why.pid() + "]"));
    why.does().forEach(sentence -> surroundings.say("  " + Escaped.of(sentence)));
    section("symptoms", why.symptoms(), "none");
    section(
        "nearly",
        why.nearMisses().stream()
            .map(n -> n.rule() + ": " + n.field() + " is " + n.value() + ", needs " + n.needs())
            .toList(),
        "nothing");
    section(
        "would do",
        why.would().stream().map(w -> w.action() + ": " + w.verdict()).toList(),
        "nothing");
    if (!why.gaps().isEmpty()) {
      section(
          "not seen", why.gaps().stream().map(g -> g.aspect() + ": " + g.reason()).toList(), "");
    }
  }

  private void section(String heading, List<String> lines, String none) {
    surroundings.say(paint().heading(heading));
    (lines.isEmpty() ? List.of(none) : lines)
        .forEach(line -> surroundings.say("  " + Escaped.of(line)));
  }
}
