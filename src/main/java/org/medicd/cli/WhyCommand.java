package org.medicd.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medicd.api.ApiClient;
import org.medicd.api.WhyView;
import org.medicd.plan.NearMiss;
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
    section("symptoms", why.symptoms().stream().flatMap(this::lines).toList(), "none");
    section("nearly", nearly(why.nearMisses()), "nothing");
    section(
        "would do",
        why.would().stream().map(w -> w.action() + ": " + w.verdict()).toList(),
        "nothing");
    if (!why.gaps().isEmpty()) {
      section(
          "not seen", why.gaps().stream().map(g -> g.aspect() + ": " + g.reason()).toList(), "");
    }
  }

  private Stream<String> lines(WhyView.Held held) {
    String about = held.about() == null ? "" : " of " + held.about();
    Duration since = Duration.between(held.since(), surroundings.clock().instant());
    return Stream.of(
            Stream.of(held.name() + about + " for " + Words.of(since) + ", since " + held.since()),
            Stream.of("  by rule \"" + held.rule() + "\""),
            values("  began with ", held.because()),
            values("  now ", held.now()),
            held.leadsTo().stream().map(WhyCommand::leads))
        .flatMap(Function.identity());
  }

  private static Stream<String> values(String intro, List<String> values) {
    return values.isEmpty() ? Stream.empty() : Stream.of(intro + String.join(", ", values));
  }

  private static String leads(WhyView.LeadsTo next) {
    String after = Words.of(Duration.ofSeconds(next.afterSeconds()));
    return "  leads to " + next.diagnosis() + " after " + after;
  }

  /** A line for each rule, with all that is missing. */
  private static List<String> nearly(List<NearMiss> misses) {
    Map<String, List<String>> byRule = new LinkedHashMap<>();
    misses.forEach(
        miss ->
            byRule
                .computeIfAbsent(miss.rule(), rule -> new ArrayList<>())
                .add(miss.field() + " is " + miss.value() + ", needs " + miss.needs()));
    return byRule.entrySet().stream()
        .map(each -> each.getKey() + ": " + String.join("; ", each.getValue()))
        .toList();
  }

  private void section(String heading, List<String> lines, String none) {
    surroundings.say(paint().heading(heading));
    (lines.isEmpty() ? List.of(none) : lines)
        .forEach(line -> surroundings.say("  " + Escaped.of(line)));
  }
}
