package org.medicd.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;

/**
 * All that can be configured, checked.
 *
 * @param mode the furthest that medicd goes; never shadow
 * @param tick time between two looks
 * @param rules folders of rule packs; a file of a later one replaces that of the same name
 * @param reload whether changed rules are taken up by themselves
 * @param shadow packs (cpu.drl) or rules, by their names, that only count what they would do
 * @param limits thresholds and durations of the rules
 * @param scope medicd acts on these only; empty: on all
 * @param protect medicd never acts on these, beyond those that are built in
 * @param budget how many treatments are allowed
 * @param cooldown least time between two treatments of one subject
 * @param alerts who is told
 * @param http the page and the metrics over TCP; null: off
 * @param store how much of the past is kept
 */
public record Settings(
    Mode mode,
    Duration tick,
    List<Path> rules,
    Reload reload,
    List<String> shadow,
    Limits limits,
    Selectors scope,
    Selectors protect,
    Budget budget,
    Duration cooldown,
    Alerts alerts,
    @Nullable Http http,
    Store store) {
  /** When changed rules and settings are taken up. */
  public enum Reload {
    /** When somebody asks for it; a change is only announced. */
    MANUAL,
    /** Once they have changed and are quiet. */
    AUTO
  }

  public Settings {
    rules = List.copyOf(rules);
    shadow = List.copyOf(shadow);
  }

  /** What holds where nothing is configured. */
  public static Settings defaults() {
    return new Settings(
        Mode.OBSERVE,
        Duration.ofSeconds(1),
        List.of(Path.of("/usr/share/medicd/rules"), Path.of("/etc/medicd/rules.d")),
        Reload.MANUAL,
        List.of(),
        Limits.defaults(),
        Selectors.NONE,
        Selectors.NONE,
        Budget.defaults(),
        Duration.ofSeconds(60),
        Alerts.NONE,
        null,
        Store.defaults());
  }

  /** The same with another mode, as --mode has it. */
  public Settings withMode(Mode other) {
    return new Settings(
        other, tick, rules, reload, shadow, limits, scope, protect, budget, cooldown, alerts, http,
        store);
  }

  /** The same with another time between two looks. */
  public Settings withTick(Duration other) {
    return new Settings(
        mode, other, rules, reload, shadow, limits, scope, protect, budget, cooldown, alerts, http,
        store);
  }

  /** The same with other packs and rules that are only tried. */
  public Settings withShadow(List<String> others) {
    return new Settings(
        mode, tick, rules, reload, others, limits, scope, protect, budget, cooldown, alerts, http,
        store);
  }

  /** The same with other limits. */
  public Settings withLimits(Limits others) {
    return new Settings(
        mode, tick, rules, reload, shadow, others, scope, protect, budget, cooldown, alerts, http,
        store);
  }

  /** The same with other folders of rules, as --rules has it. */
  public Settings withRules(List<Path> others) {
    return new Settings(
        mode, tick, others, reload, shadow, limits, scope, protect, budget, cooldown, alerts, http,
        store);
  }
}
