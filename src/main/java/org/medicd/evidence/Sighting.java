package org.medicd.evidence;

import java.io.IOException;
import org.medicd.fact.ProcState;
import org.medicd.linux.proc.PidStat;

/** What /proc/PID/stat says of a process at one moment. */
record Sighting(ProcState state, boolean kernelThread, long startTicks) {
  static Sighting parse(String content) throws IOException {
    PidStat stat = PidStat.parse(content);
    return new Sighting(ProcState.of(stat.state()), stat.isKernelThread(), stat.startTicks());
  }
}
