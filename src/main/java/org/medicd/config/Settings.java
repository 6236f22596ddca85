package org.medicd.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;

/**
 * All that can be configured, checked.
 *
 * @param mode the furthest that medicd goes; never shadow
 * @param tick time between two looks
 * @param rules which rules, and with what limits
 * @param guards what holds medicd back
 * @param actions what actions may touch
 * @param alerts who is told
 * @param http the page and the metrics over TCP; null: off
 * @param store how much of the past is kept
 */
public record Settings(
    Mode mode,
    Duration tick,
    RuleSettings rules,
    GuardSettings guards,
    ActionSettings actions,
    Alerts alerts,
    @Nullable Http http,
    Store store) {

  /** What holds where nothing is configured. */
  public static Settings defaults() {
    return new Settings(
        Mode.OBSERVE,
        Duration.ofSeconds(1),
        RuleSettings.defaults(),
        GuardSettings.defaults(),
        ActionSettings.defaults(),
        Alerts.NONE,
        null,
        Store.defaults());
  }

  /** The same with another mode, as --mode has it. */
  public Settings withMode(Mode other) {
    return new Settings(other, tick, rules, guards, actions, alerts, http, store);
  }

  /** The same with another time between two looks. */
  public Settings withTick(Duration other) {
    return new Settings(mode, other, rules, guards, actions, alerts, http, store);
  }

  /** The same with other rules. */
  public Settings withRules(RuleSettings others) {
    return new Settings(mode, tick, others, guards, actions, alerts, http, store);
  }
}
