package org.medicd.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Nearest;
import org.medicd.config.Unfit;
import org.medicd.fact.Snapshot;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RuleGraph;
import org.medicd.rule.RulePack;

/** Runs a scenario, on a clock of its own, and says what was not as expected. */
public final class ScenarioRun {
  private final RulePack pack;
  private final RuleGraph graph;
  private final Scenario scenario;

  private ScenarioRun(RulePack pack, Scenario scenario) {
    this.pack = pack;
    this.graph = RuleGraph.of(pack.rules());
    this.scenario = scenario;
  }

  /** What went wrong; empty: nothing. */
  public static List<Failure> of(Scenario scenario, RulePack pack) {
    return new ScenarioRun(pack, scenario).failures();
  }

  /** The rules that fired in it. */
  static Set<String> fired(Scenario scenario, RulePack pack) {
    Set<String> fired = new HashSet<>();
    new ScenarioRun(pack, scenario).run((engine, moment) -> fired.addAll(engine.fired()));
    return fired;
  }

  private List<Failure> failures() {
    List<Failure> failures = new ArrayList<>();
    Set<String> setAside = new TreeSet<>();
    History history;
    try {
      history = run((engine, moment) -> setAside.addAll(engine.setAside()));
    } catch (Unfit e) {
      return List.of(
          new Failure(scenario.line(), scenario.name(), String.valueOf(e.getMessage()), List.of()));
    }
    for (String rule : setAside) {
      String what = "rule \"" + rule + "\" failed, or fired without end, and was set aside";
      failures.add(new Failure(scenario.line(), scenario.name(), what, List.of()));
    }
    for (Expectation expectation : scenario.expectations()) {
      String unknown = unknownName(expectation);
      String missed = unknown != null ? unknown : expectation.missed(history);
      if (missed != null) {
        What wanted = unknown != null ? null : expectation.wanted(history);
        List<String> why = wanted == null ? List.of() : explain(wanted, history);
        failures.add(new Failure(expectation.line(), expectation.text(), missed, why));
      }
    }
    return failures;
  }

  private List<String> explain(What wanted, History history) {
    Explanation explanation = new Explanation(graph, scenario.settings().rules().limits(), wanted);
    run(explanation::look);
    return explanation.words(history);
  }

  /** A name that no rule knows: it could never happen, so that "never" would prove nothing. */
  private @Nullable String unknownName(Expectation expectation) {
    for (What what : expectation.about()) {
      Set<String> known =
          switch (what.kind()) {
            case SYMPTOM -> graph.symptoms();
            case DIAGNOSIS, INCIDENT -> graph.diagnoses();
            case ACTION -> Set.of();
          };
      if (what.kind() != What.Kind.ACTION && what.name() != null && !known.contains(what.name())) {
        String nearest = Nearest.to(what.name(), known);
        String kind = what.kind() == What.Kind.SYMPTOM ? "symptom" : "diagnosis";
        return "no rule concludes the "
            + kind
            + " '"
            + what.name()
            + "'"
            + (nearest == null ? "" : ", did you mean '" + nearest + "'?");
      }
    }
    return null;
  }

  private History run(BiConsumer<RuleEngine, Trial.Moment> onlooker) {
    History history = new History();
    WrittenHost host = new WrittenHost();
    Duration tick = scenario.settings().tick();
    Set<Scenario.Change> done = new HashSet<>();
    Set<Event> news = new LinkedHashSet<>();
    try (Trial trial = new Trial(pack, scenario.settings())) {
      int said = 0;
      for (Duration at = Duration.ZERO; at.compareTo(scenario.lasts()) <= 0; at = at.plus(tick)) {
        Duration now = at;
        scenario.changes().stream()
            .filter(change -> !done.contains(change) && isDue(change.when(), now, news))
            .toList()
            .forEach(
                change -> {
                  done.add(change);
                  change.edits().forEach(host::apply);
                });
        Snapshot seen = host.after(at.isZero() ? Duration.ZERO : tick);
        Trial.Moment moment = trial.see(seen);
        history.add(moment);
        onlooker.accept(trial.engine(), moment);
        List<Event> all = history.events();
        news.clear();
        news.addAll(all.subList(said, all.size()));
        said = all.size();
      }
    }
    return history;
  }

  private static boolean isDue(Scenario.When when, Duration now, Set<Event> news) {
    return when instanceof Scenario.When.At at
        ? at.time().compareTo(now) <= 0
        : when instanceof Scenario.When.After after
            && news.stream().anyMatch(event -> after.done().matches(event));
  }
}
