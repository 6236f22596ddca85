package org.medicd.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the notices for one channel since the start.
 *
 * @param channel its name
 * @param pending waiting, or being delivered
 * @param delivered told
 * @param failed given up
 * @param failingSince when the first try failed of which none was better; null: the last was good
 * @param problem why the last try failed; null with failingSince
 */
public record Tally(
    String channel,
    int pending,
    long delivered,
    long failed,
    @Nullable Instant failingSince,
    @Nullable String problem) {
  /** Of one whose last try was good, or that was not tried yet. */
  public Tally(String channel, int pending, long delivered, long failed) {
    this(channel, pending, delivered, failed, null, null);
  }
}
