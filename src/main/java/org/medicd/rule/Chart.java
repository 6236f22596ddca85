package org.medicd.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.core.event.DefaultAgendaEventListener;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.event.rule.ObjectUpdatedEvent;
import org.kie.api.event.rule.RuleRuntimeEventListener;
import org.medicd.config.Limit;
import org.medicd.config.Limits;
import org.medicd.fact.HostId;
import org.medicd.plan.Assessment;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Symptom;

/** Listens to a session and keeps which symptoms and diagnoses hold, who concluded them and why. */
final class Chart extends DefaultAgendaEventListener implements RuleRuntimeEventListener {
  private record Concluded(RuleText rule, List<String> because) {}

  private final Map<String, RuleText> rules;
  private final Limits limits;
  private final Medic medic;
  private final Explainer explainer;
  private final Map<Symptom, Concluded> symptoms = new LinkedHashMap<>();
  private final Map<Diagnosis, Concluded> diagnoses = new LinkedHashMap<>();
  private final Map<String, Integer> firings = new HashMap<>();
  private @Nullable RuleText firing;
  private List<Object> matched = List.of();

  Chart(Map<String, RuleText> rules, Limits limits, Medic medic) {
    this.rules = rules;
    this.limits = limits;
    this.medic = medic;
    this.explainer = new Explainer(limits);
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    String name = event.getMatch().getRule().getName();
    firing = rules.get(name);
    matched = List.copyOf(event.getMatch().getObjects());
    medic.speaks(name);
    firings.merge(name, 1, Integer::sum);
  }

  void beginTick() {
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
      symptoms.put(symptom, new Concluded(rule, words(rule)));
    } else if (rule != null && event.getObject() instanceof Diagnosis diagnosis) {
      diagnoses.put(diagnosis, new Concluded(rule, words(rule)));
    }
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
                    lasted(diagnosis.name()),
                    concluded.because(),
                    medic.treatmentOf(diagnosis))));
    return new Assessment(findings, Set.copyOf(symptoms.keySet()));
  }

  /** How long it takes to be found: a window to fill, and then "for". */
  private Duration lasted(String diagnosis) {
    return limits.all().stream()
        .filter(limit -> limit.diagnosis().equals(diagnosis))
        .filter(limit -> limit.name().equals("for") || limit.name().equals("window"))
        .map(limit -> limit.millis() == null ? Duration.ZERO : Duration.ofMillis(limit.millis()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Why the rule that fires now matched: the values it looked at, and those behind its symptoms.
   */
  private List<String> words(RuleText rule) {
    List<String> words = new ArrayList<>();
    for (Object fact : matched) {
      if (fact instanceof Symptom symptom && symptoms.containsKey(symptom)) {
        Concluded concluded = symptoms.get(symptom);
        String about = symptom.subject() instanceof HostId ? "" : " (" + symptom.subject() + ")";
        String why = String.join(", ", concluded.because());
        words.add(symptom.name() + about + (why.isEmpty() ? "" : ": " + why));
      } else if (fact instanceof Number count) {
        words.add("counted " + count);
      } else if (fact instanceof Record && !(fact instanceof Limit)) {
        words.addAll(explainer.matched(rule, fact));
      }
    }
    return words;
  }
}
