package org.medicd.linux.netlink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one listener is told of births and deaths. Any thread may ask. */
public interface ProcessEvents {
  /** What happened since it was asked last, in order; the first call begins to listen. */
  List<ProcessEvent> drain();

  /**
   * Whether all that happens is told at the moment; else only a look at /proc tells who is there.
   */
  boolean isLive();

  /**
   * How often events were lost, as they came faster than they were taken or nobody asked for long.
   * Where it grew, only a look at /proc tells who is there.
   */
  long lost();

  /** Why nothing is told, and what would change that; null while all is. */
  @Nullable String silence();
}
