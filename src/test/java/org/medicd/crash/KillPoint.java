package org.medicd.crash;

import org.jspecify.annotations.Nullable;

/**
 * A call of the daemon at which it is killed, as src/test/lab/kill-at.c counts them.
 *
 * @param kind journal, state, signal or bus
 * @param number of this kind, from 1
 * @param after the call is carried out; else it is not
 */
record KillPoint(String kind, int number, boolean after) {
  static KillPoint parse(String text) {
    String[] parts = text.split(":");
    return new KillPoint(parts[0], Integer.parseInt(parts[1]), parts[2].equals("after"));
  }

  /** As kill-at takes it; null: it is not killed. */
  static String argument(@Nullable KillPoint point) {
    return point == null ? "none" : point.toString();
  }

  @Override
  public String toString() {
    return kind + ":" + number + ":" + (after ? "after" : "before");
  }
}
