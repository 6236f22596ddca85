package org.medicd.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actuator;
import org.medicd.config.Exec;
import org.medicd.evidence.EvidenceFolder;
import org.medicd.evidence.Printable;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.linux.Programs;
import org.medicd.linux.RunAs;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Report;

/**
 * Runs a program of the admin's: one of the configured folder, as the configured user, without a
 * shell. It learns of the incident by its environment; what it prints is kept as evidence.
 */
final class ExecActuator implements Actuator {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Path ROOT = Path.of("/");
  private static final int MOST_OUTPUT_BYTES = 1 << 20;
  private static final int MOST_SHOWN = 200;

  private final Programs programs;
  private final Supplier<Exec> settings;
  private final Path evidence;

  ExecActuator(Programs programs, Supplier<Exec> settings, Path evidence) {
    this.programs = programs;
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
    List<String> command = new ArrayList<>(List.of(exec.folder().resolve(name).toString()));
    command.addAll(intent.action().programArguments());
    Programs.Result result =
        programs.run(
            command,
            user(exec.user()),
            ROOT,
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
    String said = lastLine(result.output()) + lost;
    Integer status = result.exitStatus();
    if (status == null) {
      return new Outcome.TimedOut(
          name + " did not end within " + timeout.toMillis() + " ms, and was ended" + said);
    }
    return status == 0
        ? new Outcome.Done(name + " ended well" + said)
        : new Outcome.Failed(name + " ended with status " + status + said);
  }

  private static String lastLine(String output) {
    String said = output.strip();
    String last = Printable.line(said.substring(said.lastIndexOf('\n') + 1));
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

  /** Asks whatever tells of users here (nsswitch.conf(5)), not the file alone. */
  private RunAs user(String name) throws IOException, InterruptedException {
    Programs.Result found =
        programs.run(List.of("getent", "passwd", name), RunAs.same(), ROOT, Map.of(), ASK, 4096);
    String[] fields = found.output().strip().split(":");
    if (!found.succeeded() || fields.length < 4) {
      throw new IOException("no user is named '" + name + "': see exec.user in the configuration");
    }
    try {
      return RunAs.user(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
    } catch (NumberFormatException e) {
      throw new IOException("user '" + name + "' has no number that can be read", e);
    }
  }

  /** What a program may want to know; only what is known is there. */
  private static Map<String, String> environment(Intent intent) {
    Patient patient = intent.patient();
    Subject subject = patient.subject();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("MEDICD_INCIDENT", intent.incident());
    facts.put("MEDICD_DIAGNOSIS", intent.diagnosis());
    facts.put("MEDICD_RULE", intent.rule());
    facts.put("MEDICD_SUBJECT", subject.kind());
    put(facts, "MEDICD_COMM", patient.comm());
    put(facts, "MEDICD_EXECUTABLE", patient.executable());
    put(facts, "MEDICD_USER", patient.user());
    put(facts, "MEDICD_UNIT", patient.unit());
    if (subject instanceof ProcessId process) {
      facts.put("MEDICD_PID", Integer.toString(process.pid()));
      facts.put("MEDICD_START_TICKS", Long.toString(process.startTicks()));
    }
    if (subject instanceof FilesystemId filesystem) {
      facts.put("MEDICD_MOUNT_POINT", filesystem.mountPoint());
    }
    if (!intent.targets().isEmpty()) {
      facts.put(
          "MEDICD_PIDS",
          intent.targets().stream()
              .map(target -> Integer.toString(target.pid()))
              .collect(Collectors.joining(" ")));
    }
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
