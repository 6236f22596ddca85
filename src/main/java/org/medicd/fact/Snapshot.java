package org.medicd.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
 * @param processes every process, by pid; a record is the same object as in the tick before where
 *     nothing changed
 * @param stirred pids whose record is not that of the tick before: born, changed or ended
 * @param units units that were asked for, by name
 * @param facts what else was seen: pressures, devices, file systems …
 * @param aspects how the looks at the aspects of the host went
 * @param gaps what could not be seen
 */
public record Snapshot(
    Instant at,
    Duration elapsed,
    @Nullable Host host,
    Map<Integer, Proc> processes,
    Collection<Integer> stirred,
    Map<String, Unit> units,
    List<Fact> facts,
    List<AspectReport> aspects,
    List<Gap> gaps) {
  private static final int MOST_TICKS_AT_ONCE = 3;

  /** The same with more that could not be seen. */
  public Snapshot with(List<Gap> more) {
    return more.isEmpty()
        ? this
        : new Snapshot(
            at,
            elapsed,
            host,
            processes,
            stirred,
            units,
            facts,
            aspects,
            Stream.concat(gaps.stream(), more.stream()).toList());
  }

  /**
   * How much of the time since the tick before counts as lived through: three ticks at most. Nobody
   * knows what was in the rest of a pause (a stalled machine, a daemon that was held up).
   */
  public Duration livedThrough(Duration tick) {
    Duration most = tick.multipliedBy(MOST_TICKS_AT_ONCE);
    return elapsed.compareTo(most) > 0 ? most : elapsed;
  }

  /** The process with this id, if it is still there. */
  public @Nullable Proc find(ProcessId id) {
    Proc proc = processes.get(id.pid());
    return proc != null && proc.id().equals(id) ? proc : null;
  }

  /** The other facts of one type. */
  public <T extends Fact> List<T> all(Class<T> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
