package org.medicd.evidence;

import java.io.IOException;
import org.medicd.fact.ProcessId;

/** Sends SIGCONT to a process that a debugger may have left stopped. */
@FunctionalInterface
public interface ContinueSignal {
  /** Through a pidfd, and to this very process only. */
  void send(ProcessId target) throws IOException;
}
