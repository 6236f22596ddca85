package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Predicate;
import org.medicd.fact.ProcessId;
import org.medicd.linux.PidFd;
import org.medicd.linux.Signals;

/**
 * Lets go what medicd holds stopped: at pause, at the daemon's stop, and first thing after a crash.
 */
final class Leases {
  private static final System.Logger LOG = System.getLogger(Leases.class.getName());
  private static final int CONT = Signals.number("CONT").orElseThrow();

  private final Predicate<ProcessId> sameAsEver;

  Leases(Predicate<ProcessId> sameAsEver) {
    this.sameAsEver = sameAsEver;
  }

  void undo(List<ProcessId> stopped) {
    for (ProcessId process : stopped) {
      try {
        goOn(process);
        LOG.log(Level.WARNING, process + " was held stopped and runs again");
      } catch (IOException e) {
        LOG.log(Level.WARNING, process + " was held stopped: " + e.getMessage());
      }
    }
  }

  /** Sends CONT to this very process. */
  void goOn(ProcessId process) throws IOException {
    try (PidFd open = PidFd.open(process.pid())) {
      if (!sameAsEver.test(process)) {
        throw new IOException("it has ended; its pid is another's now");
      }
      open.signal(CONT);
    }
  }
}
