package org.medicd.collect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;

/**
 * What a collector may know of the tick in which it looks.
 *
 * @param nowNanos by the monotonic clock: for rates and durations
 * @param at by the wall clock: for records only
 * @param processes every process of this tick, by pid
 * @param born those of them that were not there in the tick before
 * @param suspects processes that a symptom or an open incident names: what is expensive to see is
 *     looked at for these only
 * @param gaps where to say what could not be seen
 */
public record Scene(
    long nowNanos,
    Instant at,
    Map<Integer, Proc> processes,
    List<Proc> born,
    Set<ProcessId> suspects,
    Gaps gaps) {

  /** The same with gaps of its own, for a look on another thread. */
  public Scene apart() {
    return new Scene(nowNanos, at, processes, born, suspects, new Gaps());
  }
}
