package org.medicd.cli;

import static org.medicd.record.SampleIncident.OPENED;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A terminal to run commands in, three minutes after the sample incident was opened. */
final class FakeTerminal {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final Deque<Runnable> betweenLooks = new ArrayDeque<>();
  final List<DaemonStarter.Settings> started = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  final List<String> alertsTested = new ArrayList<>();
  Alerting.Result alertTest = new Alerting.Result(Alerting.End.WELL, "taken");

  int medic(boolean colour, String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            colour,
            () -> OPENED.plus(Duration.ofMinutes(3)),
            this::nextLook);
    Checks checks =
        (configuration, rules) ->
            Stream.concat(problems.stream(), rules.stream().map(each -> each + ": no rules"))
                .toList();
    DaemonStarter starter =
        settings -> {
          started.add(settings);
          return 2;
        };
    return Medic.run(surroundings, NoServices.but(checks, this::testAlert, starter), arguments);
  }

  private Alerting.Result testAlert(@Nullable Path configuration, String channel, boolean show) {
    alertsTested.add(configuration + " " + channel + (show ? " shown" : ""));
    return alertTest;
  }

  private boolean nextLook() {
    Runnable change = betweenLooks.poll();
    if (change != null) {
      change.run();
    }
    return change != null;
  }
}
