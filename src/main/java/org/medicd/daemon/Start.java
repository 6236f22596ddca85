package org.medicd.daemon;

import java.io.IOException;
import java.io.PrintStream;
import org.medicd.linux.ServiceManager;
import org.medicd.rule.RulePack;
import sun.misc.Signal;

/** What run does: checks everything, refuses to start on a problem, and watches until a signal. */
public final class Start {
  private static final int STOPPED = 0;
  private static final int UNUSABLE = 2;

  private Start() {}

  /** Returns the exit status. */
  public static int foreground(Options options, PrintStream stderr)
      throws IOException, InterruptedException {
    Logging.begin(stderr, System.getenv("JOURNAL_STREAM") != null);
    Preparation prepared = Preparation.forStart(options);
    RulePack pack = prepared.pack();
    if (pack == null) {
      prepared.problems().forEach(stderr::println);
      stderr.println("medicd does not start: mend what is said above, and try with: medic check");
      return UNUSABLE;
    }
    Responder responder =
        new Responder(
            options, prepared.settings(), pack, ServiceManager.fromEnvironment(System.getenv()));
    Signal.handle(new Signal("TERM"), signal -> responder.stop());
    Signal.handle(new Signal("INT"), signal -> responder.stop());
    Signal.handle(new Signal("HUP"), signal -> new Thread(responder::reload, "reload").start());
    responder.run(() -> stderr.println("medicd ready"));
    return STOPPED;
  }
}
