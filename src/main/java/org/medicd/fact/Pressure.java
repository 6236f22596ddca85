package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * Pressure stall information of one resource (the kernel's Documentation/accounting/psi.rst): the
 * share of time in which some, or all (full), runnable tasks waited for it.
 *
 * @param resource cpu, memory or io
 * @param some at least one task waited
 * @param full no task got on; null where the kernel has no such line (cpu before 5.13)
 */
public record Pressure(String resource, Stall some, @Nullable Stall full) implements Fact {
  @Override
  public String key() {
    return resource;
  }

  /**
   * One line of a pressure file.
   *
   * @param avg10 percent of the last 10 s
   * @param avg60 percent of the last 60 s
   * @param avg300 percent of the last 300 s
   * @param totalMicros microseconds since boot
   */
  public record Stall(double avg10, double avg60, double avg300, long totalMicros) {}
}
