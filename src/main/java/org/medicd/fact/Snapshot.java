package org.medicd.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen in one tick.
 *
 * @param at when, by the wall clock: for records only
 * @param elapsed monotonic time since the tick before; zero in the first one
 * @param host the machine; null where even that could not be read
 * @param pressures what the kernel offers of pressure stall information
 * @param processes every process, by pid; a record is the same object as in the tick before where
 *     nothing changed
 * @param units units that were asked for, by name
 * @param gaps what could not be seen
 */
public record Snapshot(
    Instant at,
    Duration elapsed,
    @Nullable Host host,
    List<Pressure> pressures,
    Map<Integer, Proc> processes,
    Map<String, Unit> units,
    List<Gap> gaps) {

  /** The same with more that could not be seen. */
  public Snapshot with(List<Gap> more) {
    return more.isEmpty()
        ? this
        : new Snapshot(
            at,
            elapsed,
            host,
            pressures,
            processes,
            units,
            Stream.concat(gaps.stream(), more.stream()).toList());
  }

  /** The process with this id, if it is still there. */
  public @Nullable Proc find(ProcessId id) {
    Proc proc = processes.get(id.pid());
    return proc != null && proc.id().equals(id) ? proc : null;
  }
}
