package org.medicd.fact;

/**
 * Names a process: its pid and its start time in clock ticks since boot (field 22 of
 * /proc/PID/stat). It names, it does not prove: a pid that is used again may get equal ticks.
 */
public record ProcessId(int pid, long startTicks) implements Subject {
  @Override
  public String kind() {
    return "process";
  }

  @Override
  public String toString() {
    return "pid " + pid;
  }
}
