package org.medicd.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Gap;

/**
 * One capture while it is taken. Every touch of /proc and of the disk may hang, and may be left.
 */
final class Capture {
  private static final String NO_TIME = "no time was left for it";
  private static final Duration A_READ = Duration.ofSeconds(1);
  private static final Duration A_WRITE = Duration.ofSeconds(1);
  private static final Duration A_DEBUGGER = Duration.ofSeconds(5);
  private static final Duration TOO_SHORT_FOR_A_DEBUGGER = Duration.ofMillis(500);

  private final ProcessTarget target;
  private final Scene scene;
  private final Path path;
  private final ExpendableThreads threads;
  private final TimeLeft timeLeft;
  private final List<CaptureReport.Captured> files = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private long bytesLeft = Captures.MAX_TOTAL_BYTES;
  private boolean diskHangs;

  Capture(
      ProcessTarget target, Scene scene, Path path, ExpendableThreads threads, TimeLeft timeLeft) {
    this.target = target;
    this.scene = scene;
    this.path = path;
    this.threads = threads;
    this.timeLeft = timeLeft;
  }

  CaptureReport take(List<Part> parts, List<Debugger> debuggers, Debugging debugging)
      throws InterruptedException {
    if (vanished()) {
      return report(true);
    }
    EvidenceFolder folder = write("folder", () -> EvidenceFolder.create(path));
    if (folder == null) {
      return report(false);
    }
    for (Part part : parts) {
      read(part, folder);
    }
    if (!debuggers.isEmpty()) {
      debug(debuggers, debugging, folder);
    }
    if (vanished()) {
      files.clear();
      write("folder", () -> drop(folder));
      return report(true);
    }
    byte[] summary = Summary.of(target, report(false)).getBytes(StandardCharsets.UTF_8);
    write("summary", () -> put(folder, "summary.txt", summary));
    return report(false);
  }

  private void read(Part part, EvidenceFolder folder) throws InterruptedException {
    Sheet sheet = freshSheet();
    attempt(
        part.name(),
        part.deadline(),
        () -> {
          part.take(scene, sheet);
          return sheet;
        });
    keep(part.name(), sheet, folder);
  }

  /** The first debugger that answers is enough: each disturbs the process. */
  private void debug(List<Debugger> debuggers, Debugging debugging, EvidenceFolder folder)
      throws InterruptedException {
    Debuggable debuggable = attempt("debugger", A_READ, () -> Debuggable.look(scene));
    if (debuggable == null) {
      return;
    }
    String objection = debuggable.objection(target.uid());
    if (objection != null) {
      gap("debugger", objection);
      return;
    }
    for (Debugger debugger : debuggers) {
      if (!debugger.concerns(debuggable)) {
        continue;
      }
      Sheet sheet = freshSheet();
      Duration deadline = timeLeft.atMost(A_DEBUGGER);
      if (deadline.compareTo(TOO_SHORT_FOR_A_DEBUGGER) < 0) {
        gap(debugger.name(), NO_TIME);
        return;
      }
      try {
        debugging.look(debugger, debuggable, scene, deadline, sheet);
      } catch (IOException e) {
        gap(debugger.name(), Reason.of(e));
      }
      if (keep(debugger.name(), sheet, folder)) {
        return;
      }
    }
  }

  private boolean keep(String name, Sheet sheet, EvidenceFolder folder)
      throws InterruptedException {
    sheet.close();
    byte[] content = sheet.content();
    if (content.length == 0) {
      return false;
    }
    String file = name + ".txt";
    if (write(name, () -> put(folder, file, content)) == null) {
      return false;
    }
    bytesLeft -= content.length;
    files.add(new CaptureReport.Captured(file, content.length, sheet.cut()));
    return true;
  }

  /** Reads what may fail or hang; then there is a gap, and null. */
  private <T> @Nullable T attempt(String aspect, Duration most, Callable<T> work)
      throws InterruptedException {
    Duration deadline = timeLeft.atMost(most);
    if (deadline.isZero()) {
      gap(aspect, NO_TIME);
      return null;
    }
    try {
      return threads.within(deadline, work);
    } catch (TimeoutException e) {
      gap(aspect, "hangs: not ready within " + deadline.toMillis() + " ms");
    } catch (IOException e) {
      gap(aspect, Reason.of(e));
    }
    return null;
  }

  /** Writes even when the time is over, but not again on a disk that hung once. */
  private <T> @Nullable T write(String aspect, Callable<T> work) throws InterruptedException {
    if (diskHangs) {
      gap(aspect, "not written: the disk of " + path + " hangs");
      return null;
    }
    try {
      return threads.within(A_WRITE, work);
    } catch (TimeoutException e) {
      diskHangs = true;
      gap(aspect, "not written within " + A_WRITE.toMillis() + " ms: the disk hangs");
    } catch (IOException e) {
      gap(aspect, "not written: " + Reason.of(e));
    }
    return null;
  }

  /** True if the process is not there any more; stat can be read without a lock of the target's. */
  private boolean vanished() {
    try {
      Sighting now = Sighting.parse(scene.read("stat", Scene.SMALL_BYTES));
      return now.startTicks() != target.id().startTicks();
    } catch (IOException e) {
      return true;
    }
  }

  private Sheet freshSheet() {
    return new Sheet(Math.min(Captures.MAX_FILE_BYTES, bytesLeft));
  }

  private void gap(String aspect, String reason) {
    gaps.add(new Gap(aspect, target.id().toString(), reason));
  }

  private CaptureReport report(boolean vanished) {
    return new CaptureReport(vanished, path, files, gaps, timeLeft.elapsed());
  }

  private static Boolean put(EvidenceFolder folder, String file, byte[] content)
      throws IOException {
    folder.write(file, content);
    return true;
  }

  private static Boolean drop(EvidenceFolder folder) throws IOException {
    folder.drop();
    return true;
  }
}
