package org.medicd.trial;

import java.time.Duration;
import java.util.List;
import org.medicd.config.Settings;
import org.medicd.daemon.Decision;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Ledger;
import org.medicd.guard.Situation;
import org.medicd.incident.Incidents;
import org.medicd.plan.Assessment;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RulePack;

/** Rules, incidents and guards as the daemon has them, with nothing behind them. */
final class Trial implements AutoCloseable {
  /**
   * What came of one tick.
   *
   * @param at since the beginning
   * @param seen the facts
   * @param assessed what the rules hold
   * @param done rungs that were allowed
   * @param changed incidents that are not what they were
   */
  record Moment(
      Duration at, Snapshot seen, Assessment assessed, List<Intent> done, List<Incident> changed) {}

  /** No process of a trial is the daemon. */
  private static final int NOBODY = -1;

  private static final Outcome DONE = new Outcome.Done("");

  private final Settings settings;
  private final RuleEngine engine;
  private final Guards guards;
  private final Incidents incidents = new Incidents();
  private Duration now = Duration.ZERO;

  Trial(RulePack pack, Settings settings) {
    this.settings = settings;
    this.engine = new RuleEngine(pack, settings.limits(), settings.tick());
    this.guards = new Guards(settings, new Ledger(), NOBODY);
  }

  Moment see(Snapshot seen) {
    now = now.plus(seen.elapsed());
    Assessment assessed = engine.consider(seen);
    Situation situation = new Situation(seen, assessed, settings.mode(), false, now);
    List<Intent> done = Decision.allowed(incidents, guards, situation);
    for (Intent each : done) {
      incidents.ended(new Report(each.incident(), each.rung(), DONE, null), now);
    }
    return new Moment(now, seen, assessed, done, incidents.takeChanges());
  }

  RuleEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }
}
