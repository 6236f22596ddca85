package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.medicd.linux.Programs;

/** Lets a debugger look at a process, and sees to it that the process runs on afterwards. */
final class Debugging {
  private static final Path ROOT = Path.of("/");

  private final Programs programs;
  private final Resumption resumption;

  Debugging(Programs programs, Resumption resumption) {
    this.programs = programs;
    this.resumption = resumption;
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
        resumption.letItRun(scene, endedByItself);
      }
    }
    write(result, debugger, sheet);
    complain(result, debugger, deadline);
  }

  private static void write(Programs.Result result, Debugger debugger, Sheet sheet) {
    if (debugger.answered(result.output())) {
      sheet.text(Secrets.maskText(result.output()));
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
