package org.medicd.evidence;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.ProgramMissingException;

/** The capture of one process: dropped whole where it ends, or its pid becomes another's. */
final class ProcessCapture {
  private static final Duration A_READ = Duration.ofSeconds(1);
  private static final Duration A_DEBUGGER = Duration.ofSeconds(5);
  private static final Duration TOO_SHORT_FOR_A_DEBUGGER = Duration.ofMillis(500);

  private final Capture capture;
  private final ProcessTarget target;
  private final Scene scene;

  ProcessCapture(Capture capture, ProcessTarget target, Scene scene) {
    this.capture = capture;
    this.target = target;
    this.scene = scene;
  }

  /**
   * @param attached what looks at the process from within, if anything may; the first debugger of
   *     these that answers is enough, each disturbs the process
   */
  CaptureReport take(List<Part> parts, @Nullable Attached attached) throws InterruptedException {
    if (vanished()) {
      return capture.report(true);
    }
    if (!capture.files().create()) {
      return capture.report(false);
    }
    capture.read(parts);
    if (attached != null) {
      attach(attached);
    }
    return vanished() ? capture.vanished() : capture.end(target.about());
  }

  private void attach(Attached attached) throws InterruptedException {
    Debuggable debuggable = capture.attempt("debugger", A_READ, true, () -> Debuggable.look(scene));
    if (debuggable == null) {
      return;
    }
    String objection = debuggable.objection(target.uid());
    if (objection != null) {
      capture.gaps().add("debugger", objection);
      return;
    }
    sample(attached.calls(), debuggable);
    Map<String, String> notInstalled = new LinkedHashMap<>();
    for (Debugger debugger : attached.debuggers()) {
      if (debugger.concerns(debuggable)
          && ask(debugger, debuggable, attached.debugging(), notInstalled)) {
        return;
      }
    }
    notInstalled.forEach(capture.gaps()::add);
  }

  private void sample(CallSample calls, Debuggable debuggable) throws InterruptedException {
    if (capture.timeLeft().atMost(CallSample.NEEDS).compareTo(CallSample.NEEDS) < 0) {
      capture.gaps().add(CallSample.NAME, Capture.NO_TIME);
      return;
    }
    Sheet sheet = capture.files().sheet();
    try {
      calls.take(debuggable, scene, sheet);
    } catch (IOException e) {
      capture.gaps().add(CallSample.NAME, Reason.of(e));
    }
    capture.files().keep(CallSample.NAME, sheet);
  }

  /**
   * @param notInstalled takes why it is not there: no gap where another one answers
   */
  private boolean ask(
      Debugger debugger,
      Debuggable debuggable,
      Debugging debugging,
      Map<String, String> notInstalled)
      throws InterruptedException {
    Duration deadline = capture.timeLeft().atMost(A_DEBUGGER);
    if (deadline.compareTo(TOO_SHORT_FOR_A_DEBUGGER) < 0) {
      capture.gaps().add(debugger.name(), Capture.NO_TIME);
      return false;
    }
    Sheet sheet = capture.files().sheet();
    try {
      debugging.look(debugger, debuggable, scene, deadline, sheet);
    } catch (ProgramMissingException e) {
      notInstalled.put(debugger.name(), Reason.of(e));
      return false;
    } catch (IOException e) {
      capture.gaps().add(debugger.name(), Reason.of(e));
    }
    return capture.files().keep(debugger.name(), sheet);
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
}
