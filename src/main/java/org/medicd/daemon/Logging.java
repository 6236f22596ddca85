package org.medicd.daemon;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * One line a record on stderr. Under systemd each begins with the priority that sd-daemon(3)
 * defines and the journal adds the time; elsewhere it begins with the time.
 */
final class Logging {
  /** Held for good: java.util.logging forgets the level of a logger that nobody refers to. */
  private static final Logger OURS = Logger.getLogger("org.medicd");

  private static final Logger BUS = Logger.getLogger("org.freedesktop.dbus");
  private static final Logger SLACK = Logger.getLogger("com.slack.api");

  private Logging() {}

  static void begin(PrintStream stderr, boolean journal) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new Lines(stderr, journal));
    root.setLevel(Level.WARNING);
    // Libraries speak up from WARNING on, medicd from INFO on; dbus-java warns of what we report,
    // and Slack's client calls each lost connection an error.
    OURS.setLevel(Level.INFO);
    BUS.setLevel(Level.SEVERE);
    SLACK.setLevel(Level.OFF);
  }

  private static final class Lines extends Handler {
    private final PrintStream stderr;
    private final boolean journal;
    private final Formatter formatter = new java.util.logging.SimpleFormatter();

    Lines(PrintStream stderr, boolean journal) {
      this.stderr = stderr;
      this.journal = journal;
    }

    @Override
    public void publish(LogRecord line) {
      if (!isLoggable(line)) {
        return;
      }
      String head =
          journal
              ? "<" + priority(line.getLevel()) + ">"
              : line.getInstant().truncatedTo(ChronoUnit.MILLIS) + " " + line.getLevel() + " ";
      stderr.println(head + formatter.formatMessage(line));
      Throwable thrown = line.getThrown();
      if (thrown != null) {
        thrown.printStackTrace(stderr);
      }
    }

    private static int priority(Level level) {
      int value = level.intValue();
      return value >= Level.SEVERE.intValue() ? 3 : value >= Level.WARNING.intValue() ? 4 : 6;
    }

    @Override
    public void flush() {
      stderr.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
