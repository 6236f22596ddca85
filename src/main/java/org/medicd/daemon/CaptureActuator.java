package org.medicd.daemon;

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
import org.medicd.evidence.UnitTarget;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Report;

/**
 * Captures evidence of an incident's processes (of a group, of the first few), of its unit or file
 * system, and of the host at that moment.
 */
final class CaptureActuator implements Actuator {
  /** What to capture where nothing is to be attached to the process. */
  private static final String TASKS = "tasks";

  private static final int MOST_TARGETS = 5;
  private static final Duration PROCESSES = Duration.ofSeconds(15);
  private static final Duration UNIT = Duration.ofSeconds(6);
  private static final Duration FILESYSTEM = Duration.ofSeconds(4);
  private static final Duration HOST = Duration.ofSeconds(3);

  /** What hangs at a deadline is given up some time after it. */
  private static final Duration TO_GIVE_UP = Duration.ofSeconds(10);

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
    return PROCESSES.plus(UNIT).plus(FILESYSTEM).plus(HOST).plus(TO_GIVE_UP);
  }

  @Override
  public Report act(Intent intent) throws InterruptedException {
    Snapshot now = seen.get();
    Path folder = evidence.resolve(intent.incident());
    Dossier dossier = new Dossier(intent, folder, now);
    Outcome outcome = dossier.take();
    return new Report(
        intent.incident(), intent.rung(), outcome, dossier.kept ? folder.toString() : null);
  }

  /** All that one rung captures, each subject in a folder of its own. */
  private final class Dossier {
    private final Intent intent;
    private final Path folder;
    private final @Nullable Snapshot now;
    private final List<String> told = new ArrayList<>();
    private boolean kept;

    Dossier(Intent intent, Path folder, @Nullable Snapshot now) {
      this.intent = intent;
      this.folder = folder;
      this.now = now;
    }

    Outcome take() throws InterruptedException {
      boolean lives = intent.targets().isEmpty();
      List<ProcessId> targets = intent.targets().stream().limit(MOST_TARGETS).toList();
      for (ProcessId target : targets) {
        boolean attach = !intent.leased() && !TASKS.equals(intent.action().argument());
        lives |= process(target, attach, PROCESSES.dividedBy(targets.size()));
      }
      unit();
      filesystem();
      host();
      String detail = String.join("; ", told);
      return lives ? new Outcome.Done(detail) : new Outcome.Vanished(detail);
    }

    /** False where it has ended. */
    private boolean process(ProcessId target, boolean attach, Duration deadline)
        throws InterruptedException {
      Proc proc = now == null ? null : now.find(target);
      ProcessTarget who =
          proc == null
              ? new ProcessTarget(target, null, null, null, "?")
              : new ProcessTarget(target, proc.uid(), proc.user(), proc.executable(), proc.comm());
      // A debugger cannot attach to a task in D state, and would hang with it.
      boolean debuggers = attach && proc != null && proc.blockedSeconds() == null;
      Path place = place(target.pid() + "-" + target.startTicks());
      CaptureReport report = captures.capture(who, place, debuggers, deadline);
      tell(target.toString(), report);
      return !report.vanished();
    }

    private void unit() throws InterruptedException {
      Patient patient = intent.patient();
      String name = patient.subject() instanceof UnitId id ? id.name() : patient.unit();
      if (name == null) {
        return;
      }
      ProcessId main = mainProcess(name);
      if (main != null && intent.targets().isEmpty()) {
        process(main, false, UNIT); // no guard has looked at it: nothing is attached
      }
      Path place = place("unit-" + name.replaceAll("[^A-Za-z0-9:_.@-]", "_"));
      tell(name, captures.capture(new UnitTarget(name, main), place, UNIT));
    }

    private void filesystem() throws InterruptedException {
      if (now != null && intent.patient().subject() instanceof FilesystemId id) {
        tell(id.toString(), captures.capture(id, now, place("filesystem"), FILESYSTEM));
      }
    }

    private void host() throws InterruptedException {
      if (now != null) {
        tell("host", captures.capture(now, place("host"), HOST));
      }
    }

    /** The unit's main process, else one that it runs; null where there is none. */
    private @Nullable ProcessId mainProcess(String unit) {
      if (now == null) {
        return null;
      }
      Unit state = now.units().get(unit);
      Integer pid = state == null ? null : state.mainPid();
      Proc main = pid == null ? null : now.processes().get(pid);
      return main != null
          ? main.id()
          : now.processes().values().stream()
              .filter(proc -> unit.equals(proc.unit()))
              .map(Proc::id)
              .findFirst()
              .orElse(null);
    }

    private Path place(String name) {
      return folder.resolve(intent.rung() + "-" + name);
    }

    private void tell(String subject, CaptureReport report) {
      kept |= !report.vanished() && !report.files().isEmpty();
      told.add(describe(subject, report));
    }
  }

  private static String describe(String subject, CaptureReport report) {
    if (report.vanished()) {
      return subject + " ended during the capture";
    }
    String gaps = report.gaps().isEmpty() ? "" : ", " + report.gaps().size() + " parts missing";
    return subject
        + ": "
        + report.files().size()
        + " files in "
        + report.elapsed().toMillis()
        + " ms"
        + gaps;
  }
}
