package org.medicd.config;

import java.time.Duration;

/**
 * How much of the past is kept.
 *
 * @param retention how long
 * @param maxBytes size of the store above which the oldest goes first
 * @param evidenceMaxBytes the same of all evidence
 */
public record Store(Duration retention, long maxBytes, long evidenceMaxBytes) {
  public static Store defaults() {
    return new Store(Duration.ofDays(30), 256L << 20, 1L << 30);
  }
}
