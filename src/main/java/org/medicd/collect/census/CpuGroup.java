package org.medicd.collect.census;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.cgroup.CgroupCpu;

/** A control group with processes, whose own count of CPU time tells when one at rest wakes. */
final class CpuGroup {
  private final String key;
  private final @Nullable CgroupCpu counter;
  private final Unexplained unexplained = new Unexplained();
  private int members;
  private boolean hasGroupsBelow;
  private int lookedAt;
  private long explainedMicros;
  private long wakingMicros;
  private boolean felt;

  /**
   * @param counter null where it has none
   */
  CpuGroup(String key, @Nullable CgroupCpu counter) {
    this.key = key;
    this.counter = counter;
  }

  String key() {
    return key;
  }

  void join() {
    members++;
  }

  /** Returns whether it is empty now. */
  boolean leave() {
    members--;
    return members <= 0;
  }

  /** The counter of a group counts for those below it too, whose processes are not its members. */
  void hasGroupsBelow(boolean now) {
    hasGroupsBelow = now;
  }

  /** A member was looked at. */
  void explain(long micros) {
    lookedAt++;
    explainedMicros += micros;
    wakingMicros += Unexplained.ofWaking(micros);
  }

  /** Whether a member at rest must have woken. */
  boolean feel(long tick) {
    felt = false;
    wakingMicros = 0;
    if (counter == null || hasGroupsBelow || lookedAt >= members) {
      unexplained.skip();
      return false;
    }
    try {
      long used = counter.usageMicros();
      felt = used != CgroupCpu.GONE && unexplained.isFelt(used, explainedMicros, tick);
    } catch (IOException e) {
      unexplained.skip(); // it is looked at in its turn, and the host's counters tell too
    }
    return felt;
  }

  boolean isFelt() {
    return felt;
  }

  /** Ends a tick. */
  void settle(long tick) {
    if (felt) {
      unexplained.answered(wakingMicros, tick);
    }
    felt = false;
    lookedAt = 0;
    explainedMicros = 0;
  }

  void close() {
    if (counter != null) {
      counter.close();
    }
  }
}
