package org.medicd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.api.IncidentView;
import org.medicd.config.Durations;
import org.medicd.plan.Mode;
import org.medicd.record.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a recording through rules. */
@Command(
    name = "replay",
    description =
        "Runs a recording through rules: which incidents and rungs would there have been?")
final class ReplayCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Trials trials;

  @Parameters(paramLabel = "FILE", description = "as medic record wrote it")
  private Path file = Path.of("");

  @Mixin private RulesChoice choice = new RulesChoice();

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "other rules: tell only the difference; may be repeated")
  private List<Path> against = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = RunCommand.ModeName.class,
      description = "observe, approve or act (default: that of the recording)")
  private @Nullable Mode mode;

  @Option(names = "--json", description = "one JSON document, as that of medic incidents")
  private boolean json;

  ReplayCommand(Surroundings surroundings, Trials trials) {
    this.surroundings = surroundings;
    this.trials = trials;
  }

  @Override
  public Integer call() {
    Trials.Replayed one = trials.replay(choice.config(), choice.rules(), file, mode);
    if (failed(one)) {
      return ExitStatus.USAGE;
    }
    if (against.isEmpty()) {
      tell(one);
      return ExitStatus.GOOD;
    }
    Trials.Replayed other = trials.replay(choice.config(), List.copyOf(against), file, mode);
    if (failed(other)) {
      return ExitStatus.USAGE;
    }
    return compare(one, other);
  }

  private boolean failed(Trials.Replayed replayed) {
    replayed.problems().forEach(each -> surroundings.err().println("medic: " + Escaped.of(each)));
    return !replayed.problems().isEmpty();
  }

  private void tell(Trials.Replayed replayed) {
    if (json) {
      List<IncidentView> views = replayed.incidents().stream().map(IncidentView::of).toList();
      surroundings.say(Escaped.json(Json.write(views)));
      return;
    }
    for (IncidentView incident : replayed.incidents().stream().map(IncidentView::of).toList()) {
      surroundings.say(incident.openedAt() + "  " + words(incident));
      incident.because().forEach(why -> surroundings.say("    because " + Escaped.of(why)));
    }
    surroundings.say(summary(replayed));
    missing(replayed);
  }

  private static String summary(Trials.Replayed replayed) {
    int count = replayed.incidents().size();
    return (count == 0 ? "no incidents" : count == 1 ? "1 incident" : count + " incidents")
        + " in "
        + Durations.format(replayed.length())
        + " ("
        + replayed.ticks()
        + " ticks), mode "
        + Words.of(replayed.mode());
  }

  private void missing(Trials.Replayed replayed) {
    if (!replayed.missing().isEmpty()) {
      String what = String.join(", ", replayed.missing());
      surroundings.say("the recording has none of these, and the rules ask for them: " + what);
    }
  }

  /** As "cpu-runaway of spin[17]: capture done, term done; recovered". */
  private static String words(IncidentView incident) {
    String rungs = incident.rungs().stream().map(Words::brief).collect(Collectors.joining(", "));
    return Escaped.of(incident.diagnosis())
        + " of "
        + Words.of(incident.subject())
        + (rungs.isEmpty() ? "" : ": " + rungs)
        + "; "
        + Words.of(incident.state());
  }

  private int compare(Trials.Replayed one, Trials.Replayed other) {
    List<String> before = lines(one);
    List<String> after = lines(other);
    List<String> gone = new ArrayList<>(before);
    after.forEach(gone::remove);
    List<String> fresh = new ArrayList<>(after);
    before.forEach(fresh::remove);
    gone.forEach(line -> surroundings.say("- " + line));
    fresh.forEach(line -> surroundings.say("+ " + line));
    surroundings.say(
        gone.isEmpty() && fresh.isEmpty()
            ? "no difference: " + summary(one)
            : "- with the one, + with the other; " + (before.size() - gone.size()) + " the same");
    missing(one);
    missing(other);
    return gone.isEmpty() && fresh.isEmpty() ? ExitStatus.GOOD : ExitStatus.FOUND;
  }

  private static List<String> lines(Trials.Replayed replayed) {
    return replayed.incidents().stream()
        .map(IncidentView::of)
        .map(view -> view.openedAt() + "  " + words(view))
        .toList();
  }
}
