package org.medicd.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.drools.core.event.DefaultAgendaEventListener;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.event.rule.ObjectUpdatedEvent;
import org.kie.api.event.rule.RuleRuntimeEventListener;
import org.medicd.config.Durations;
import org.medicd.config.Limit;
import org.medicd.fact.HostId;
import org.medicd.plan.Assessment;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Grounds;
import org.medicd.plan.Symptom;

/** Listens to a session and keeps which symptoms and diagnoses hold, who concluded them and why. */
final class Chart extends DefaultAgendaEventListener implements RuleRuntimeEventListener {
  /**
   * @param began by the session's clock, in milliseconds
   */
  private record Concluded(RuleText rule, Grounds grounds, long began) {}

  private final Map<String, RuleText> rules;
  private final Medic medic;
  private final Explainer explainer;
  private final Consumer<String> running;
  private final Map<Symptom, Concluded> symptoms = new LinkedHashMap<>();
  private final Map<Diagnosis, Concluded> diagnoses = new LinkedHashMap<>();
  private final Map<String, Integer> firings = new HashMap<>();
  private @Nullable RuleText firing;
  private List<Object> matched = List.of();
  private Instant now = Instant.EPOCH;
  private long nowMillis;

  /**
   * @param running told of each rule whose consequence begins, and "" when it has ended
   */
  Chart(Map<String, RuleText> rules, Explainer explainer, Medic medic, Consumer<String> running) {
    this.running = running;
    this.rules = rules;
    this.explainer = explainer;
    this.medic = medic;
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    String name = event.getMatch().getRule().getName();
    firing = rules.get(name);
    matched = List.copyOf(event.getMatch().getObjects());
    medic.speaks(name);
    firings.merge(name, 1, Integer::sum);
    running.accept(name);
  }

  @Override
  public void afterMatchFired(AfterMatchFiredEvent event) {
    running.accept("");
  }

  /**
   * @param at when what it is about was seen
   * @param clock of the session, in milliseconds
   */
  void beginTick(Instant at, long clock) {
    now = at;
    nowMillis = clock;
    firings.clear();
  }

  Set<String> fired() {
    return Set.copyOf(firings.keySet());
  }

  /** The rule that was fired most often in this tick; null before the first. */
  @Nullable String mostFired() {
    return firings.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  @Override
  public void objectInserted(ObjectInsertedEvent event) {
    RuleText rule = firing;
    if (rule != null && event.getObject() instanceof Symptom symptom) {
      symptoms.put(symptom, concluded(rule));
    } else if (rule != null && event.getObject() instanceof Diagnosis diagnosis) {
      diagnoses.put(diagnosis, concluded(rule));
    }
  }

  private Concluded concluded(RuleText rule) {
    return new Concluded(rule, new Grounds(rule.name(), words(rule), now), nowMillis);
  }

  @Override
  public void objectUpdated(ObjectUpdatedEvent event) {
    // Symptoms and diagnoses are never updated: they hold or they do not.
  }

  @Override
  public void objectDeleted(ObjectDeletedEvent event) {
    if (event.getOldObject() instanceof Symptom symptom) {
      symptoms.remove(symptom);
    } else if (event.getOldObject() instanceof Diagnosis diagnosis) {
      diagnoses.remove(diagnosis);
      medic.forget(diagnosis);
    }
  }

  Assessment assessment() {
    List<Finding> findings = new ArrayList<>();
    diagnoses.forEach(
        (diagnosis, concluded) ->
            findings.add(
                new Finding(
                    diagnosis,
                    concluded.rule().name(),
                    concluded.rule().severity(),
                    concluded.rule().mode(),
                    explainer.lasting(diagnosis.name()),
                    concluded.grounds().because(),
                    medic.treatmentOf(diagnosis))));
    Map<Symptom, Grounds> grounds = new HashMap<>();
    symptoms.forEach((symptom, concluded) -> grounds.put(symptom, concluded.grounds()));
    return new Assessment(findings, grounds, false);
  }

  /**
   * Why the rule that fires now matched: the values it looked at, and those behind its symptoms.
   */
  private List<String> words(RuleText rule) {
    List<String> words = new ArrayList<>();
    for (Object fact : matched) {
      if (fact instanceof Symptom symptom && symptoms.containsKey(symptom)) {
        words.add(words(symptom, symptoms.get(symptom)));
      } else if (fact instanceof Number count) {
        words.add("counted " + count);
      } else if (fact instanceof Record && !(fact instanceof Limit)) {
        words.addAll(explainer.values(rule.name(), fact));
      }
    }
    return words;
  }

  /** As "cpu-hot (pid 7) for 1m: demandAvg10 99.8 >= 90". */
  private String words(Symptom symptom, Concluded concluded) {
    String about = symptom.subject() instanceof HostId ? "" : " (" + symptom.subject() + ")";
    long lasted = Math.round((nowMillis - concluded.began()) / 1000.0);
    String since = lasted == 0 ? "" : " for " + Durations.format(Duration.ofSeconds(lasted));
    String why = String.join(", ", concluded.grounds().because());
    return symptom.name() + about + since + (why.isEmpty() ? "" : ": " + why);
  }
}
