package org.medicd.daemon;

import org.medicd.act.Actions;
import org.medicd.collect.census.Census;
import org.medicd.config.Settings;
import org.medicd.guard.Guards;
import org.medicd.incident.Incidents;
import org.medicd.linux.systemd.UnitWatch;
import org.medicd.notify.Dispatcher;
import org.medicd.plan.Mode;
import org.medicd.rule.RuleEngine;

/**
 * The stages of one running daemon. Rules and guards are replaced between two ticks by a reload.
 */
final class Stages {
  private final Census census;
  private final Incidents incidents;
  private final Actions actions;
  private final UnitWatch units;
  private final Recorder recorder;
  private final Dispatcher dispatcher;
  private final String hostName;
  private RuleEngine engine;
  private Guards guards;
  private Settings settings;
  private volatile boolean paused;

  Stages(
      Census census,
      Incidents incidents,
      Actions actions,
      UnitWatch units,
      Recorder recorder,
      Dispatcher dispatcher,
      String hostName,
      RuleEngine engine,
      Guards guards,
      Settings settings) {
    this.census = census;
    this.incidents = incidents;
    this.actions = actions;
    this.units = units;
    this.recorder = recorder;
    this.dispatcher = dispatcher;
    this.hostName = hostName;
    this.engine = engine;
    this.guards = guards;
    this.settings = settings;
    census.ask(engine.asked());
  }

  Census census() {
    return census;
  }

  Incidents incidents() {
    return incidents;
  }

  Actions actions() {
    return actions;
  }

  UnitWatch units() {
    return units;
  }

  Recorder recorder() {
    return recorder;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  String hostName() {
    return hostName;
  }

  RuleEngine engine() {
    return engine;
  }

  Guards guards() {
    return guards;
  }

  Settings settings() {
    return settings;
  }

  /** How far medicd may go. */
  Mode mode() {
    return settings.mode();
  }

  boolean isPaused() {
    return paused;
  }

  void pause(boolean now) {
    paused = now;
  }

  /** Takes up new rules and settings. Only between two ticks. */
  void replace(RuleEngine newEngine, Guards newGuards, Settings newSettings) {
    engine.close();
    engine = newEngine;
    guards = newGuards;
    settings = newSettings;
    census.ask(engine.asked());
  }
}
