package org.medicd.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actuator;
import org.medicd.config.Exec;
import org.medicd.evidence.EvidenceFolder;
import org.medicd.evidence.Printable;
import org.medicd.linux.AdminPrograms;
import org.medicd.linux.Programs;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/**
 * Runs a program of the admin's: one of the configured folder, as the configured user, without a
 * shell. It learns of the incident by its environment; what it prints is kept as evidence.
 */
final class ExecActuator implements Actuator {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST_OUTPUT_BYTES = 1 << 20;
  private static final int MOST_SHOWN = 200;

  private final AdminPrograms programs;
  private final Supplier<Exec> settings;
  private final Path evidence;

  ExecActuator(Programs programs, Supplier<Exec> settings, Path evidence) {
    this.programs = new AdminPrograms(programs);
    this.settings = settings;
    this.evidence = evidence;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.EXEC);
  }

  @Override
  public Duration deadline() {
    return LONGEST.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) throws IOException, InterruptedException {
    Exec exec = settings.get();
    String name = String.valueOf(intent.action().argument());
    if (!Exec.isProgramName(name)) {
      return report(intent, new Outcome.Failed("'" + name + "' is not the name of a file"), null);
    }
    Programs.Result result =
        programs.run(
            exec.folder().resolve(name),
            intent.action().programArguments(),
            exec.user(),
            environment(intent),
            exec.timeout(),
            MOST_OUTPUT_BYTES);
    return report(intent, name, result, exec.timeout());
  }

  /** What it did counts, also where what it printed cannot be kept: the disk may be full. */
  private Report report(Intent intent, String name, Programs.Result result, Duration timeout) {
    String lost = "";
    Path kept = null;
    try {
      kept = result.output().isEmpty() ? null : keep(intent, name, result.output());
    } catch (IOException e) {
      lost = "; its output could not be kept: " + e.getMessage();
    }
    return report(intent, outcome(name, result, timeout, lost), kept);
  }

  private static Report report(Intent intent, Outcome outcome, @Nullable Path kept) {
    String folder = kept == null ? null : kept.toString();
    return new Report(intent.incident(), intent.rung(), outcome, folder);
  }

  private static Outcome outcome(
      String name, Programs.Result result, Duration timeout, String lost) {
    String said = lastLine(result) + lost;
    Integer status = result.exitStatus();
    if (status == null) {
      return new Outcome.TimedOut(
          name + " did not end within " + timeout.toMillis() + " ms, and was ended" + said);
    }
    return status == 0
        ? new Outcome.Done(name + " ended well" + said)
        : new Outcome.Failed(name + " ended with status " + status + said);
  }

  private static String lastLine(Programs.Result result) {
    String last = Printable.line(result.lastLine());
    return last.isEmpty()
        ? ""
        : ": " + (last.length() > MOST_SHOWN ? last.substring(0, MOST_SHOWN) + "…" : last);
  }

  private Path keep(Intent intent, String name, String output) throws IOException {
    Path incident = evidence.resolve(intent.incident());
    EvidenceFolder.create(incident.resolve(intent.rung() + "-exec-" + name))
        .write("output.txt", Printable.lines(output).getBytes(StandardCharsets.UTF_8));
    return incident;
  }

  private static Map<String, String> environment(Intent intent) {
    Map<String, String> facts =
        AdminPrograms.facts(intent.incident(), intent.diagnosis(), intent.rule(), intent.patient());
    if (!intent.targets().isEmpty()) {
      facts.put(
          "MEDICD_PIDS",
          intent.targets().stream()
              .map(target -> Integer.toString(target.pid()))
              .collect(Collectors.joining(" ")));
    }
    return facts;
  }
}
