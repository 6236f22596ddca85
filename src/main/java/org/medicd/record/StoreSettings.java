package org.medicd.record;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the store keeps what it is given.
 *
 * @param folder the state folder; it must exist
 * @param retention how long closed incidents are kept
 * @param maxBytes above this the oldest closed incidents go before their time
 * @param maxPending snapshots held in memory while the disk does not take them
 * @param retryAfter how long to wait before a disk that failed is tried again
 * @param deadline how long a question may take, and how long a write before the disk counts as hung
 */
public record StoreSettings(
    Path folder,
    Duration retention,
    long maxBytes,
    int maxPending,
    Duration retryAfter,
    Duration deadline) {
  /** With the limits that suit a daemon. */
  public static StoreSettings of(Path folder, Duration retention, long maxBytes) {
    return new StoreSettings(
        folder, retention, maxBytes, 2_000, Duration.ofSeconds(5), Duration.ofSeconds(3));
  }
}
