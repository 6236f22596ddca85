package org.medicd.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actuator;
import org.medicd.evidence.CaptureReport;
import org.medicd.evidence.Captures;
import org.medicd.evidence.ProcessTarget;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Captures evidence of an incident's processes; of a group, of the first few. */
final class CaptureActuator implements Actuator {
  private static final int MOST_TARGETS = 5;
  private static final Duration ALL = Duration.ofSeconds(15);

  private final Captures captures;
  private final Path evidence;
  private final Supplier<@Nullable Snapshot> seen;

  CaptureActuator(Captures captures, Path evidence, Supplier<@Nullable Snapshot> seen) {
    this.captures = captures;
    this.evidence = evidence;
    this.seen = seen;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.CAPTURE);
  }

  @Override
  public Duration deadline() {
    return ALL.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) throws Exception {
    Path folder = evidence.resolve(intent.incident());
    Files.createDirectories(folder);
    List<ProcessId> targets = intent.targets().stream().limit(MOST_TARGETS).toList();
    List<String> told = new ArrayList<>();
    int kept = 0;
    for (ProcessId target : targets) {
      CaptureReport report = capture(intent, target, folder, ALL.dividedBy(targets.size()));
      kept += report.vanished() ? 0 : 1;
      told.add(describe(target, report));
    }
    String detail = String.join("; ", told);
    Outcome outcome =
        kept > 0 || targets.isEmpty() ? new Outcome.Done(detail) : new Outcome.Vanished(detail);
    return new Report(
        intent.incident(), intent.rung(), outcome, kept > 0 ? folder.toString() : null);
  }

  private CaptureReport capture(Intent intent, ProcessId target, Path folder, Duration deadline)
      throws InterruptedException {
    Snapshot now = seen.get();
    Proc proc = now == null ? null : now.find(target);
    ProcessTarget who =
        proc == null
            ? new ProcessTarget(target, null, null, null, "?")
            : new ProcessTarget(target, proc.uid(), proc.user(), proc.executable(), proc.comm());
    // A debugger cannot attach to a task in D state, and would hang with it.
    boolean debuggers = proc != null && proc.blockedSeconds() == null && !intent.leased();
    Path place = folder.resolve(intent.rung() + "-" + target.pid() + "-" + target.startTicks());
    return captures.capture(who, place, debuggers, deadline);
  }

  private static String describe(ProcessId target, CaptureReport report) {
    if (report.vanished()) {
      return target + " ended during the capture";
    }
    String gaps = report.gaps().isEmpty() ? "" : ", " + report.gaps().size() + " parts missing";
    return target
        + ": "
        + report.files().size()
        + " files in "
        + report.elapsed().toMillis()
        + " ms"
        + gaps;
  }
}
