package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;

/**
 * When one unit was started and restarted of late, as far as it was seen. Looks that are further
 * apart than starts still see the number of automatic restarts.
 */
final class Starts {
  private static final long WINDOW_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int MOST = 1000;

  private final ArrayDeque<Long> restarts = new ArrayDeque<>();
  private final ArrayDeque<Long> starts = new ArrayDeque<>();
  private @Nullable Unit last;

  /** Takes note of how it is now; returns it with what was counted. */
  Unit see(Unit now, long nowNanos) {
    Unit before = last;
    last = now;
    if (before != null) {
      int again = restarted(before.restarts(), now.restarts());
      boolean begun =
          now.invocationId() != null
              && !now.invocationId().isEmpty()
              && !now.invocationId().equals(before.invocationId());
      add(restarts, again, nowNanos);
      add(starts, Math.max(again, begun ? 1 : 0), nowNanos);
    }
    return now.lately(restarts(nowNanos), starts(nowNanos));
  }

  /** A start by hand sets the counter back. */
  private static int restarted(@Nullable Integer before, @Nullable Integer now) {
    return before == null || now == null ? 0 : now >= before ? now - before : now;
  }

  private static void add(ArrayDeque<Long> times, int count, long nowNanos) {
    for (int i = 0; i < Math.min(count, MOST); i++) {
      if (times.size() == MOST) {
        times.removeFirst();
      }
      times.addLast(nowNanos);
    }
  }

  /** Nothing of late. */
  boolean isQuiet(long nowNanos) {
    return restarts(nowNanos) == 0 && starts(nowNanos) == 0;
  }

  private int restarts(long nowNanos) {
    return inWindow(restarts, nowNanos);
  }

  private int starts(long nowNanos) {
    return inWindow(starts, nowNanos);
  }

  private static int inWindow(ArrayDeque<Long> times, long nowNanos) {
    for (Long first = times.peekFirst();
        first != null && nowNanos - first > WINDOW_NANOS;
        first = times.peekFirst()) {
      times.removeFirst();
    }
    return times.size();
  }
}
