package org.medicd.config;

import java.util.List;

/**
 * What actions beyond signals and units may touch.
 *
 * @param vacuum what may go when a file system is full
 * @param exec programs of the admin's
 * @param pools instances that may be started and stopped
 */
public record ActionSettings(Vacuum vacuum, Exec exec, List<PoolBounds> pools) {
  public ActionSettings {
    pools = List.copyOf(pools);
  }

  static ActionSettings defaults() {
    return new ActionSettings(Vacuum.NOTHING, Exec.defaults(), List.of());
  }
}
