package org.medicd.config;

import java.time.Duration;

/**
 * How many treatments medicd allows itself.
 *
 * @param perRule of one rule
 * @param perUnit of one unit
 * @param perHost of all together
 * @param reboot restarts of the host
 */
public record Budget(Rate perRule, Rate perUnit, Rate perHost, Rate reboot) {
  public static Budget defaults() {
    return new Budget(
        new Rate(3, Duration.ofMinutes(10)),
        new Rate(3, Duration.ofMinutes(10)),
        new Rate(10, Duration.ofMinutes(10)),
        new Rate(1, Duration.ofHours(24)));
  }
}
