package org.medicd.collect.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A process with the one that forked it, which may have ended long ago. What ended without ever
 * having had a lineage of its own is stepped over, so that a chain is only as long as what lives.
 */
final class Kin {
  private final int pid;
  private @Nullable Kin parent;
  private boolean ended;
  private @Nullable BirthLine line;
  private long lineOfLook;

  /**
   * @param parent null where the process was there before anything was watched
   */
  Kin(int pid, @Nullable Kin parent) {
    this.pid = pid;
    this.parent = parent;
  }

  int pid() {
    return pid;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  boolean wasBornInSight() {
    return parent != null;
  }

  /** The nearest forebear that lives or that none stands above. */
  @Nullable Kin parent() {
    Kin above = parent;
    while (above != null && above.ended && above.parent != null) {
      above = above.parent;
    }
    parent = above;
    return above;
  }

  /** The lineage in which it brought forth last; null before. */
  @Nullable BirthLine line() {
    return line;
  }

  boolean isResolved(long look) {
    return lineOfLook == look;
  }

  void resolve(long look, @Nullable BirthLine now) {
    lineOfLook = look;
    line = now;
  }
}
