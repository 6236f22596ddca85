package org.medicd.evidence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Snapshot;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;

/**
 * Takes the evidence: what is known of a process, a unit and the host before they are disturbed.
 */
public final class Captures {
  /** A capture's time unless the rung says otherwise. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  static final long MAX_FILE_BYTES = 1024 * 1024;
  static final long MAX_TOTAL_BYTES = 4 * MAX_FILE_BYTES;

  private static final int MOST_HANGING_READERS = 16;

  private final Path proc;
  private final Programs programs;
  private final Attached attached;
  private final LongSupplier nanoTime;
  private final ExpendableThreads threads = new ExpendableThreads(MOST_HANGING_READERS);

  /**
   * @param proc /proc, or a tree like it
   * @param nanoTime monotonic time in ns
   */
  public Captures(
      Path proc, TrustedPrograms trusted, ContinueSignal continueSignal, LongSupplier nanoTime) {
    this.proc = proc;
    this.programs = new Programs(trusted);
    Resumption resumption = new Resumption(continueSignal);
    this.attached =
        new Attached(
            new CallSample(programs, resumption),
            List.of(new JavaStacks(), new PythonStacks(), new NativeStacks(30), new ElfStacks(30)),
            new Debugging(Programs.ofTracers(trusted), resumption));
    this.nanoTime = nanoTime;
  }

  /**
   * Captures one process. Blocks until the deadline, and a few seconds more if a debugger has to be
   * ended or the disk hangs: not for the tick's thread. May be called by several threads.
   *
   * @param folder {@code <state>/evidence/<incident>/<n>}; must not be there yet
   * @param attach whether strace and a debugger may be attached; the first slows the process down
   *     for a second, gdb stops it for a moment
   */
  public CaptureReport capture(ProcessTarget target, Path folder, boolean attach, Duration deadline)
      throws InterruptedException {
    Scene scene = new Scene(proc, target.id());
    TimeLeft timeLeft = new TimeLeft(nanoTime, deadline);
    Capture capture = new Capture(target.id().toString(), folder, threads, timeLeft);
    return new ProcessCapture(capture, target, scene).take(parts(scene), attach ? attached : null);
  }

  /** Captures a unit: its state, the last lines of its journal, and its control group. */
  public CaptureReport capture(UnitTarget target, Path folder, Duration deadline)
      throws InterruptedException {
    List<Part> parts = new ArrayList<>(target.parts(programs));
    if (target.process() != null) {
      parts.add(new ControlGroup(new Scene(proc, target.process()), target.name()));
    }
    return capture(target.name(), target.about(), parts, folder, deadline);
  }

  /**
   * Captures the host's picture: who uses what, who is blocked, pressure, memory and disks.
   *
   * @param seen the latest look; no process and no file system is asked beyond it
   */
  public CaptureReport capture(Snapshot seen, Path folder, Duration deadline)
      throws InterruptedException {
    List<Part> parts =
        List.of(
            new TopProcesses(seen, 20),
            new HostFiles(proc),
            new Disks(proc, seen),
            new Surroundings(seen, 100),
            new BlockedTasks(proc, seen, 20));
    return capture("host", List.of("the host, seen at " + seen.at()), parts, folder, deadline);
  }

  /** Captures a file system: the largest files that are open there, and who has them. */
  public CaptureReport capture(FilesystemId id, Snapshot seen, Path folder, Duration deadline)
      throws InterruptedException {
    List<Part> parts = List.of(new OpenFiles(proc, seen, id, 50_000, 50));
    return capture(id.toString(), List.of(id.toString()), parts, folder, deadline);
  }

  private CaptureReport capture(
      String subject, List<String> about, List<Part> parts, Path folder, Duration deadline)
      throws InterruptedException {
    Capture capture = new Capture(subject, folder, threads, new TimeLeft(nanoTime, deadline));
    if (!capture.files().create()) {
      return capture.report(false);
    }
    capture.read(parts);
    return capture.end(about);
  }

  /** What takes the mmap lock of the target comes after what does not. */
  private static List<Part> parts(Scene scene) {
    return List.of(
        new ProcFile(scene, "status"),
        new ProcFile(scene, "cgroup"),
        new ProcFile(scene, "limits"),
        new ProcFile(scene, "io"),
        new Threads(scene, 256),
        new Descriptors(scene, 65_536, 100),
        new Sockets(scene, 65_536, 500),
        new ControlGroup(scene, null),
        new CommandLine(scene),
        new Environment(scene),
        new ProcFile(scene, "smaps_rollup", true),
        new Mappings(scene, 40));
  }

  /** How many reads of all captures hang now; from 16 on captures are refused. */
  public int hangingReaders() {
    return threads.leftBehind();
  }
}
