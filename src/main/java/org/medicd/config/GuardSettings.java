package org.medicd.config;

import java.time.Duration;
import java.util.List;

/**
 * What holds medicd back.
 *
 * @param scope medicd acts on these only; empty: on all
 * @param protect medicd never acts on these, beyond those that are built in
 * @param budget how many treatments are allowed
 * @param cooldown least time between two treatments of one subject
 * @param askBefore actions that wait for a person even in mode act, by their labels
 * @param approvalTimeout how long a rung waits for a person's answer
 * @param flapping a unit that was started so often within 10 minutes is left to people; 0: never
 * @param blastRadiusPercent so much of a pool may be down at once
 * @param maintenance when medicd only observes
 */
public record GuardSettings(
    Selectors scope,
    Selectors protect,
    Budget budget,
    Duration cooldown,
    Duration approvalTimeout,
    List<String> askBefore,
    int flapping,
    int blastRadiusPercent,
    List<MaintenanceWindow> maintenance) {
  public GuardSettings {
    askBefore = List.copyOf(askBefore);
    maintenance = List.copyOf(maintenance);
  }

  static GuardSettings defaults() {
    return new GuardSettings(
        Selectors.NONE,
        Selectors.NONE,
        Budget.defaults(),
        Duration.ofSeconds(60),
        Duration.ofMinutes(15),
        List.of("drop-caches", "reset-swap"),
        5,
        50,
        List.of());
  }
}
