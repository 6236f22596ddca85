package org.medicd.notify.web;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Logs that something fails, and that it works again; not each time. Not safe for threads. */
final class Trouble {
  private final System.Logger log;
  private final String what;
  private boolean known;

  Trouble(System.Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /**
   * How it went this time.
   *
   * @param why it failed; null: it did not
   */
  void is(@Nullable String why) {
    if (why != null && !known) {
      log.log(Level.WARNING, "{0}: {1}", what, why);
    } else if (why == null && known) {
      log.log(Level.INFO, "{0}: it works again", what);
    }
    known = why != null;
  }
}
