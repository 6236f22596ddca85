package org.medicd.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a window of time is open that begins again and again. It is worked out once for each time
 * that it opens or ends; any thread may ask.
 */
public final class WindowTimes {
  /** So many that follow one another without a break are looked ahead at. */
  private static final int MOST_IN_A_ROW = 1_000;

  /**
   * What holds for a while.
   *
   * @param from when it was worked out
   * @param to until then it holds
   * @param open whether it is open
   * @param endless it opened anew before it ended as often as was looked ahead
   */
  private record Spell(Instant from, Instant to, boolean open, boolean endless) {
    boolean holdsAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(to);
    }
  }

  private final CalendarExpression calendar;
  private final Duration length;
  private final ZoneId zone;
  private volatile @Nullable Spell spell;

  /**
   * @param calendar when it opens
   * @param length how long it is open then
   * @param zone of the host
   */
  public WindowTimes(CalendarExpression calendar, Duration length, ZoneId zone) {
    this.calendar = calendar;
    this.length = length;
    this.zone = zone;
  }

  /** When it ends; null: it is not open. */
  public @Nullable Instant openUntil(Instant now) {
    Spell current = at(now);
    return current.open() ? current.to() : null;
  }

  /** When it opens next, as it is not open now; null: never again. */
  public @Nullable Instant opensAt(Instant now) {
    return calendar.next(now, zone);
  }

  /** Whether it opens again and again before it ends, so that no end of that is in sight. */
  public boolean isEndless(Instant now) {
    return at(now).endless();
  }

  private Spell at(Instant now) {
    Spell last = spell;
    if (last == null || !last.holdsAt(now)) {
      last = workOut(now);
      spell = last;
    }
    return last;
  }

  private Spell workOut(Instant now) {
    Instant begins = calendar.next(now.minus(length), zone);
    if (begins == null || begins.isAfter(now)) {
      return new Spell(now, begins == null ? Instant.MAX : begins, false, false);
    }
    Instant ends = begins.plus(length);
    for (int i = 0; i < MOST_IN_A_ROW; i++) {
      Instant again = calendar.next(begins, zone);
      if (again == null || again.isAfter(ends)) {
        return new Spell(now, ends, true, false);
      }
      begins = again;
      ends = again.plus(length);
    }
    return new Spell(now, ends, true, true);
  }
}
