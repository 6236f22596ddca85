package org.medicd.incident;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.IncidentState;

/** How far an incident has come, from its opening to its end; a relapse opens it again. */
final class Lifecycle {
  private IncidentState state;
  private @Nullable Instant closedAt;
  private @Nullable String closedBecause;
  private @Nullable Duration closedSince;

  Lifecycle(IncidentState state, Duration now) {
    this.state = state;
    this.closedSince = state.isClosed() ? now : null;
  }

  IncidentState state() {
    return state;
  }

  boolean isOpen() {
    return !state.isClosed();
  }

  @Nullable Instant closedAt() {
    return closedAt;
  }

  @Nullable String closedBecause() {
    return closedBecause;
  }

  /** A rung is under way, or was rehearsed. */
  void treat() {
    state = IncidentState.TREATING;
  }

  boolean isExhausted() {
    return state == IncidentState.EXHAUSTED;
  }

  /** No rung is left. */
  void exhaust() {
    state = IncidentState.EXHAUSTED;
  }

  void close(IncidentState how, String why, Instant at, Duration now) {
    state = how;
    closedAt = at;
    closedBecause = why;
    closedSince = now;
  }

  void reopen() {
    if (!isOpen()) {
      state = IncidentState.TREATING;
      closedAt = null;
      closedBecause = null;
      closedSince = null;
    }
  }

  /** Whether it is closed for longer than that. */
  boolean isClosedFor(Duration longer, Duration now) {
    Duration since = closedSince;
    return since != null && now.minus(since).compareTo(longer) > 0;
  }
}
