package org.medicd.evidence;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.medicd.fact.ProcState;

/** Sees to it that a process runs on after a tracer has looked at it. */
record Resumption(ContinueSignal continueSignal) {
  private static final Logger LOG = System.getLogger(Resumption.class.getName());

  /**
   * A debugger that is killed may leave the target stopped, or a SIGSTOP pending that stops it only
   * later (in D state, or between two states). So where one may have, SIGCONT is sent without a
   * look: it takes back a pending stop and does nothing to a process that runs.
   *
   * @param leftNothing the tracer ended in order, or is one that sends no SIGSTOP
   */
  void letItRun(Scene scene, boolean leftNothing) throws IOException {
    try {
      Sighting now = Sighting.parse(scene.read("stat", Scene.SMALL_BYTES));
      boolean same = now.startTicks() == scene.process().startTicks();
      if (same && (!leftNothing || now.state() == ProcState.STOPPED)) {
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
}
