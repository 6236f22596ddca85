package org.medicd.daemon;

import java.time.Duration;
import org.medicd.fact.Snapshot;

/**
 * The time that incidents, guards and actions live by, as the rules do: monotonic, without what
 * nobody looked at. A machine that was suspended adds nothing to it at all.
 */
public final class Passage {
  private static final int PAUSE_TICKS = 10;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

  private final Duration tick;
  private final Duration pause;
  private Duration now = Duration.ZERO;
  private boolean slow;

  /**
   * @param tick its period
   */
  public Passage(Duration tick) {
    this.tick = tick;
    Duration ticks = tick.multipliedBy(PAUSE_TICKS);
    this.pause = ticks.compareTo(SHORTEST_PAUSE) > 0 ? ticks : SHORTEST_PAUSE;
  }

  /**
   * Takes the time of one more tick.
   *
   * @return whether this ends a pause: what was seen before it tells nothing of what was in it.
   *     Where one tick after the other is that slow, only the first is one: a host in trouble would
   *     never be helped
   */
  public boolean endsPause(Snapshot seen) {
    now = now.plus(seen.livedThrough(tick));
    boolean before = slow;
    slow = seen.elapsed().compareTo(pause) > 0;
    return slow && !before;
  }

  public Duration now() {
    return now;
  }
}
