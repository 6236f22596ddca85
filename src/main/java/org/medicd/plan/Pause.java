package org.medicd.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person told medicd to do nothing until it is told to go on.
 *
 * @param who user of the host
 * @param reason as it was given; null: none
 * @param since when
 */
public record Pause(String who, @Nullable String reason, Instant since) {
  /** As: paused by root since 2026-01-02T03:04:05Z: deploying. */
  public String words() {
    return "paused by " + who + " since " + since + (reason == null ? "" : ": " + reason);
  }
}
