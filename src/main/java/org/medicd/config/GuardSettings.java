package org.medicd.config;

import java.time.Duration;

/**
 * What holds medicd back.
 *
 * @param scope medicd acts on these only; empty: on all
 * @param protect medicd never acts on these, beyond those that are built in
 * @param budget how many treatments are allowed
 * @param cooldown least time between two treatments of one subject
 */
public record GuardSettings(Selectors scope, Selectors protect, Budget budget, Duration cooldown) {

  static GuardSettings defaults() {
    return new GuardSettings(
        Selectors.NONE, Selectors.NONE, Budget.defaults(), Duration.ofSeconds(60));
  }
}
