package org.medicd.config;

/**
 * What actions beyond signals and units may touch.
 *
 * @param vacuum what may go when a file system is full
 * @param exec programs of the admin's
 */
public record ActionSettings(Vacuum vacuum, Exec exec) {
  static ActionSettings defaults() {
    return new ActionSettings(Vacuum.NOTHING, Exec.defaults());
  }
}
