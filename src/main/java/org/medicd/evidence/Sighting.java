package org.medicd.evidence;

import org.medicd.fact.ProcState;

/** What /proc/PID/stat says of a process at one moment. */
record Sighting(ProcState state, boolean kernelThread, long startTicks) {
  private static final long PF_KTHREAD = 0x00200000;

  /**
   * Cuts at the last ')': a comm may contain one.
   *
   * @throws IllegalArgumentException if it is not a line of /proc/PID/stat
   */
  static Sighting parse(String stat) {
    int end = stat.lastIndexOf(')');
    String[] fields = end < 0 ? new String[0] : stat.substring(end + 1).trim().split(" ");
    if (fields.length < 20) {
      throw new IllegalArgumentException("not a line of /proc/PID/stat: " + Printable.line(stat));
    }
    return new Sighting(
        ProcState.of(fields[0].charAt(0)),
        (Long.parseLong(fields[6]) & PF_KTHREAD) != 0,
        Long.parseLong(fields[19]));
  }
}
