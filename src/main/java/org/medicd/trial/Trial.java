package org.medicd.trial;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.medicd.config.Settings;
import org.medicd.daemon.Decision;
import org.medicd.daemon.Passage;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Ledger;
import org.medicd.guard.Situation;
import org.medicd.guard.Standpoint;
import org.medicd.incident.Incidents;
import org.medicd.plan.Assessment;
import org.medicd.plan.Deed;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Orders;
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
   * @param changed incidents that are not what they were
   */
  record Moment(Duration at, Snapshot seen, Assessment assessed, List<Incident> changed) {}

  /** No process of a trial is the daemon, and everybody's trial is the same. */
  private static final Standpoint NOWHERE = new Standpoint(-1, ZoneOffset.UTC);

  private static final Outcome DONE = new Outcome.Done("");

  private final Settings settings;
  private final RuleEngine engine;
  private final Guards guards;
  private final Incidents incidents = new Incidents();
  private final List<Intent> waiting = new ArrayList<>();
  private final Passage passage;
  private Duration at = Duration.ZERO;

  Trial(RulePack pack, Settings settings) {
    this.settings = settings;
    this.passage = new Passage(settings.tick());
    this.engine = new RuleEngine(pack, settings.rules().limits(), settings.tick());
    this.guards = new Guards(settings, new Ledger(), NOWHERE);
  }

  /** One tick, in which every action that is allowed is done at once. */
  Moment see(Snapshot seen) {
    return see(seen, List.of(), intent -> false);
  }

  /**
   * One tick.
   *
   * @param deeds what came of actions in it
   * @param waits whether a later tick tells what came of an action; else it is done at once
   */
  Moment see(Snapshot seen, List<Deed> deeds, Predicate<Intent> waits) {
    at = at.plus(seen.elapsed());
    boolean afterPause = passage.endsPause(seen);
    Duration now = passage.now();
    Assessment assessed = engine.consider(seen);
    if (afterPause) {
      incidents.haveStoodStill(now);
    }
    deeds.forEach(this::answer);
    Situation situation = new Situation(seen, assessed, settings.mode(), Orders.NONE, now, false);
    for (Intent each : Decision.allowed(incidents, guards, situation)) {
      if (waits.test(each)) {
        waiting.add(each);
      } else {
        end(each, DONE);
      }
    }
    return new Moment(at, seen, assessed, incidents.takeChanges());
  }

  private void answer(Deed deed) {
    waiting.stream()
        .filter(deed::answers)
        .findFirst()
        .ifPresent(
            intent -> {
              waiting.remove(intent);
              end(intent, deed.outcome());
            });
  }

  private void end(Intent intent, Outcome outcome) {
    incidents.ended(new Report(intent.incident(), intent.rung(), outcome, null), passage.now());
  }

  RuleEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }
}
