package org.medicd.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For a while nothing is done about some incidents, and nobody is told of them.
 *
 * @param id to end it by
 * @param match whom it is about; all of these must match
 * @param who user of the host
 * @param reason as it was given; null: none
 * @param since when it began
 * @param until when it ends by itself
 */
public record Silence(
    String id,
    List<String> match,
    String who,
    @Nullable String reason,
    Instant since,
    Instant until) {
  public Silence {
    match = List.copyOf(match);
  }

  /** As: silenced by root until 2026-01-02T03:04:05Z: deploying. */
  public String words() {
    return "silenced by " + who + " until " + until + (reason == null ? "" : ": " + reason);
  }
}
