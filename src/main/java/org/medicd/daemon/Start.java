package org.medicd.daemon;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Consumer;
import org.medicd.api.ApiServer;
import org.medicd.config.ConfigReader;
import org.medicd.linux.JournalSocket;
import org.medicd.linux.Kernel;
import org.medicd.linux.LinuxException;
import org.medicd.linux.NotifySocket;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RulePack;
import sun.misc.Signal;

/** What run does: checks everything, refuses to start on a problem, and watches until a signal. */
public final class Start {
  private static final System.Logger LOG = System.getLogger(Start.class.getName());
  private static final int STOPPED = 0;
  private static final int UNUSABLE = 2;

  private Start() {}

  /**
   * Has classes loaded that a daemon will need, beside what it does to begin: it has the time of
   * another CPU.
   */
  public static void load() {
    beside("load-rules", RuleEngine::load);
    beside(
        "load-others",
        () -> {
          ConfigReader.parse("", "mode: observe");
          Kernel.pageBytes();
          ApiServer.load();
        });
  }

  private static void beside(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the exit status. */
  public static int foreground(Options options, PrintStream stderr)
      throws IOException, InterruptedException {
    NotifySocket notifySocket = NotifySocket.fromEnvironment(System.getenv());
    return run(options, stderr, notifySocket, responder -> stderr.println("medicd ready"));
  }

  /**
   * The same, but it ends after its first ticks, once that was done on another thread; no service
   * manager hears of it.
   */
  public static int until(Options options, PrintStream stderr, Runnable done)
      throws IOException, InterruptedException {
    return run(
        options,
        stderr,
        NotifySocket.fromEnvironment(Map.of()),
        responder ->
            beside(
                "until",
                () -> {
                  try {
                    done.run();
                  } finally {
                    responder.stop();
                  }
                }));
  }

  /**
   * Pages that were taken from it would be read again in the middle of a tick, from a busy disk.
   */
  private static void stayInMemory() {
    try {
      Kernel.stayInMemory();
    } catch (LinuxException e) {
      LOG.log(Level.INFO, "a host short of memory may slow medicd down: " + e.getMessage());
    }
  }

  /** Has what is logged go there, a line each. */
  public static void logTo(PrintStream stderr) {
    Logging.begin(stderr, JournalSocket.isStderr(System.getenv()));
  }

  private static int run(
      Options options, PrintStream stderr, NotifySocket notifySocket, Consumer<Responder> onReady)
      throws IOException, InterruptedException {
    logTo(stderr);
    Preparation prepared = Preparation.forStart(options);
    RulePack pack = prepared.pack();
    if (pack == null) {
      prepared.problems().forEach(stderr::println);
      stderr.println("medicd does not start: mend what is said above, and try with: medic check");
      return UNUSABLE;
    }
    stayInMemory();
    Responder responder = new Responder(options, prepared.settings(), pack, notifySocket);
    Signal.handle(new Signal("TERM"), signal -> responder.stop());
    Signal.handle(new Signal("INT"), signal -> responder.stop());
    Signal.handle(new Signal("HUP"), signal -> new Thread(responder::reload, "reload").start());
    responder.run(() -> onReady.accept(responder));
    return STOPPED;
  }
}
