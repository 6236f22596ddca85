package org.medicd.plan;

import org.medicd.fact.ProcessId;

/**
 * A state in which medicd keeps somebody for a while: a lease, written down before it begins and
 * undone when the incident closes, at pause and stop, and first thing after a crash.
 */
public sealed interface Hold {
  /** As it is told to people. */
  String words();

  /** A process that was sent STOP. */
  record Stopped(ProcessId process) implements Hold {
    @Override
    public String words() {
      return process + " is stopped";
    }
  }

  /** A unit whose control group is frozen. */
  record Frozen(String unit) implements Hold {
    @Override
    public String words() {
      return unit + " is frozen";
    }
  }

  /**
   * A unit that may use less than its files say.
   *
   * @param property as in a unit file: CPUQuota
   * @param value what medicd sets, as the bus has it
   * @param before what held until then
   */
  record Limited(String unit, String property, String value, String before) implements Hold {
    @Override
    public String words() {
      return unit + " has less " + property;
    }
  }
}
