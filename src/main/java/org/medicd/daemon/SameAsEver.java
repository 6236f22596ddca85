package org.medicd.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.medicd.fact.ProcessId;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.proc.PidStat;

/**
 * Whether the process that was first seen under an id still lives. The descriptor held since first
 * sight proves it. Where none is held (right after a restart, or none was left) start ticks must
 * serve: a process that was seen for longer than one of them cannot have a successor that started
 * in the same.
 */
record SameAsEver(HeldStats held, Path proc) implements Predicate<ProcessId> {
  @Override
  public boolean test(ProcessId id) {
    return held.holds(id) ? held.proves(id) : hasSameTicks(id);
  }

  private boolean hasSameTicks(ProcessId id) {
    try {
      byte[] stat = Files.readAllBytes(proc.resolve(id.pid() + "/stat"));
      return PidStat.parse(stat, stat.length).startTicks() == id.startTicks();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
