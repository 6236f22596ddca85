package org.medicd.evidence;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.medicd.fact.ProcState;
import org.medicd.linux.Programs;

/** Lets a debugger look at a process, and sees to it that the process runs on afterwards. */
final class Debugging {
  private static final Logger LOG = System.getLogger(Debugging.class.getName());
  private static final Path ROOT = Path.of("/");

  private final Programs programs;
  private final ContinueSignal continueSignal;

  Debugging(Programs programs, ContinueSignal continueSignal) {
    this.programs = programs;
    this.continueSignal = continueSignal;
  }

  /**
   * Writes the debugger's answer on the sheet.
   *
   * @throws IOException if there is no whole answer; a part of it may be on the sheet
   */
  void look(Debugger debugger, Debuggable target, Scene scene, Duration deadline, Sheet sheet)
      throws IOException, InterruptedException {
    String objection = debugger.objection(target);
    if (objection != null) {
      throw new IOException(objection);
    }
    boolean endedByItself = false;
    Programs.Result result;
    try {
      result =
          programs.run(
              debugger.command(scene.process().pid()),
              target.user(),
              ROOT,
              Map.of(),
              deadline,
              Captures.MAX_FILE_BYTES);
      endedByItself = result.succeeded();
    } finally {
      if (!target.stopped()) {
        letItRun(scene, endedByItself);
      }
    }
    write(result, debugger, sheet);
    complain(result, debugger, deadline);
  }

  /**
   * A debugger that is killed may leave the target stopped, or a SIGSTOP pending that stops it only
   * later (in D state, or between two states). So after a bad end SIGCONT is sent without a look:
   * it takes back a pending stop and does nothing to a process that runs.
   */
  private void letItRun(Scene scene, boolean endedByItself) throws IOException {
    try {
      Sighting now = Sighting.parse(scene.read("stat", Scene.SMALL_BYTES));
      boolean same = now.startTicks() == scene.process().startTicks();
      if (same && (!endedByItself || now.state() == ProcState.STOPPED)) {
        continueSignal.send(scene.process());
      }
    } catch (IOException e) {
      if (!scene.folder().toFile().exists()) {
        return; // ended meanwhile
      }
      String problem = "a debugger may have left " + scene.process() + " stopped: SIGCONT failed: ";
      LOG.log(Level.ERROR, problem + Reason.of(e));
      throw new IOException(problem + Reason.of(e), e);
    }
  }

  private static void write(Programs.Result result, Debugger debugger, Sheet sheet) {
    if (debugger.answered(result.output())) {
      sheet.text(result.output());
      if (result.cut()) {
        sheet.markCut();
      }
    }
  }

  private static void complain(Programs.Result result, Debugger debugger, Duration deadline)
      throws IOException {
    if (!result.leftBehind().isEmpty()) {
      throw new IOException(
          debugger.name() + " could not be ended and may hold the target: " + result.leftBehind());
    }
    if (result.timedOut()) {
      throw new IOException("not ready within " + deadline.toMillis() + " ms");
    }
    if (!debugger.answered(result.output())) {
      String[] lines = result.output().strip().split("\n");
      throw new IOException("no stacks: " + Printable.line(lines[lines.length - 1]));
    }
  }
}
