package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Settings;
import org.medicd.fact.Asked;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Incident;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RulePack;

/**
 * The rules that a daemon runs.
 *
 * @param engine the real ones
 * @param shadow those that are only tried; null: none
 */
record LoadedRules(RuleEngine engine, @Nullable Shadow shadow) implements AutoCloseable {
  static LoadedRules of(RulePack pack, Settings settings, Duration tick) {
    Set<String> tried = pack.shadows(settings.rules().shadow());
    RulePack real = tried.isEmpty() ? pack : pack.without(tried);
    return new LoadedRules(
        new RuleEngine(real, settings.rules().limits(), tick),
        tried.isEmpty() ? null : Shadow.of(pack, tried, settings.rules().limits(), tick));
  }

  /** As {@link RuleEngine#tellOfRunning}. */
  void tellOfRunning(Consumer<String> listener) {
    engine.tellOfRunning(listener);
    if (shadow != null) {
      shadow.tellOfRunning(listener);
    }
  }

  /** Lets them see a tick of the past. */
  void see(Snapshot past) {
    engine.consider(past);
    if (shadow != null) {
      shadow.see(past);
    }
  }

  /** The past is over: the next tick is one of the present. */
  void haveSeenThePast() {
    engine.haveMissedTicks();
    if (shadow != null) {
      shadow.haveSeenThePast();
    }
  }

  /** Takes the place of others; returns what ends with them of what was only tried. */
  List<Incident> inherit(LoadedRules before, Instant at) {
    if (shadow == null) {
      return before.shadow == null ? List.of() : before.shadow.withdraw(at);
    }
    if (before.shadow != null) {
      shadow.inherit(before.shadow);
    }
    return List.of();
  }

  /** What is worth looking at. */
  Asked asked() {
    return shadow == null ? engine.asked() : engine.asked().and(shadow.asked());
  }

  @Override
  public void close() {
    engine.close();
    if (shadow != null) {
      shadow.close();
    }
  }
}
