package org.medicd.daemon;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.medicd.config.Limits;
import org.medicd.fact.Asked;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Situation;
import org.medicd.incident.Incidents;
import org.medicd.plan.Action;
import org.medicd.plan.Assessment;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RulePack;

/**
 * Rules that are only tried: all rules run once more with these among them, beside the real ones,
 * and what would have come of these is kept for people to look at. Nothing is done, nobody is told.
 * Belongs to the tick's thread, but for {@link #incidents}.
 */
final class Shadow implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Shadow.class.getName());
  private static final int MOST_REMEMBERED = 500;
  private static final Verdict IN_SHADOW = new Verdict.Rehearsed("the rule is in shadow");

  private final RuleEngine engine;
  private final Set<String> rules;
  private Incidents incidents = new Incidents("s");
  private final Map<String, Incident> remembered = new LinkedHashMap<>();
  private boolean failed;
  private volatile List<Incident> published = List.of();

  private Shadow(RuleEngine engine, Set<String> rules) {
    this.engine = engine;
    this.rules = rules;
  }

  /**
   * @param tried names of those rules of the pack that are only tried
   */
  static Shadow of(RulePack pack, Set<String> tried, Limits limits, Duration tick) {
    return new Shadow(new RuleEngine(pack, limits, tick), tried);
  }

  /** What would have changed in this tick. Never fails: what is only tried must not cost a tick. */
  List<Incident> consider(Snapshot seen, Guards guards, Mode mode, Duration now) {
    try {
      return tryOut(seen, guards, mode, now);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.log(failed ? Level.DEBUG : Level.ERROR, "the rules in shadow failed in a tick", e);
      failed = true;
      return List.of();
    }
  }

  private List<Incident> tryOut(Snapshot seen, Guards guards, Mode mode, Duration now) {
    Assessment assessed = engine.consider(seen);
    List<Finding> findings =
        assessed.findings().stream().filter(this::isOurs).map(Shadow::faint).toList();
    Assessment ours = new Assessment(findings, assessed.grounds(), assessed.anew());
    Situation situation = new Situation(seen, ours, mode, Orders.NONE, now, false);
    for (Intent intent : incidents.consider(ours, seen, now)) {
      Verdict verdict =
          intent.action().kind() == Action.Kind.PAGE ? IN_SHADOW : guards.weigh(intent, situation);
      boolean held = !(verdict instanceof Verdict.Allowed);
      incidents.judged(intent, held ? verdict : IN_SHADOW, seen, now);
    }
    List<Incident> changes = incidents.takeChanges();
    remember(changes);
    return changes;
  }

  void haveStoodStill(Duration now) {
    incidents.haveStoodStill(now);
  }

  void tellOfRunning(Consumer<String> listener) {
    engine.tellOfRunning(listener);
  }

  /** Sees a tick of the past. */
  void see(Snapshot past) {
    engine.consider(past);
  }

  void haveSeenThePast() {
    engine.haveMissedTicks();
  }

  /** Concluded or treated by a rule that is tried. */
  private boolean isOurs(Finding finding) {
    Treatment treatment = finding.treatment();
    return rules.contains(finding.rule()) || treatment != null && rules.contains(treatment.rule());
  }

  private static Finding faint(Finding finding) {
    return new Finding(
        finding.diagnosis(),
        finding.rule(),
        finding.severity(),
        Mode.SHADOW,
        finding.lasted(),
        finding.because(),
        finding.treatment());
  }

  private void remember(Collection<Incident> changes) {
    if (changes.isEmpty()) {
      return;
    }
    for (Incident each : changes) {
      remembered.remove(each.id());
      remembered.put(each.id(), each);
    }
    while (remembered.size() > MOST_REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    published = List.copyOf(remembered.values());
  }

  /** No rule is tried any more: what is open ends with that. */
  List<Incident> withdraw(Instant at) {
    List<Incident> ended =
        published.stream()
            .filter(each -> !each.state().isClosed())
            .map(each -> each.withdrawn("rules changed", at))
            .toList();
    remember(ended);
    return ended;
  }

  /** Goes on with what those in its place have found. */
  void inherit(Shadow before) {
    incidents = before.incidents;
    remember(before.published);
  }

  /** Those of the last while, open and closed. */
  List<Incident> incidents() {
    return published;
  }

  /** Units that own the subject of an open one. */
  Set<String> units() {
    return incidents.units();
  }

  /** How many rules are tried. */
  int rules() {
    return rules.size();
  }

  Asked asked() {
    return engine.asked();
  }

  @Override
  public void close() {
    engine.close();
  }
}
