package org.medicd.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;
import org.medicd.config.Limit;
import org.medicd.config.Limits;
import org.medicd.fact.Fact;
import org.medicd.fact.Host;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;
import org.medicd.plan.NearMiss;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RuleGraph;

/** Why something did not happen: of the rules that lead to it, which condition kept each. */
final class Explanation {
  private static final int MOST_FACTS = 3;

  private final RuleGraph graph;
  private final Limits limits;
  private final What wanted;
  private final Set<String> rules;
  private final Map<List<String>, Nearest> nearest = new LinkedHashMap<>();

  /** The look in which a fact came nearest to matching a rule, and the last one like it. */
  private record Nearest(String who, List<NearMiss> misses, Duration from, Duration to) {}

  Explanation(RuleGraph graph, Limits limits, What wanted) {
    this.graph = graph;
    this.limits = limits;
    this.wanted = wanted;
    String name = wanted.name() == null ? "" : wanted.name();
    this.rules =
        switch (wanted.kind()) {
          case SYMPTOM -> graph.leadingToSymptom(name);
          case DIAGNOSIS, INCIDENT -> graph.leadingToDiagnosis(name);
          case ACTION -> Set.of();
        };
  }

  /** Looks on while the scenario runs once more. */
  void look(RuleEngine engine, Trial.Moment moment) {
    for (Fact fact : facts(moment.seen())) {
      String who = nameOf(fact);
      engine
          .explainer()
          .nearMisses(fact)
          .forEach(
              (rule, misses) -> {
                if (rules.contains(rule)) {
                  nearest.merge(
                      List.of(rule, who),
                      new Nearest(who, misses, moment.at(), moment.at()),
                      Explanation::nearer);
                }
              });
    }
  }

  private static Nearest nearer(Nearest before, Nearest now) {
    if (now.misses().size() > before.misses().size()) {
      return before;
    }
    boolean same = now.misses().equals(before.misses());
    return new Nearest(now.who(), now.misses(), same ? before.from() : now.from(), now.to());
  }

  private Collection<Fact> facts(Snapshot seen) {
    Stream<Fact> processes =
        seen.processes().values().stream()
            .filter(proc -> wanted.about() == null || isAbout(proc))
            .map(Fact.class::cast);
    Stream<Fact> others = Stream.concat(seen.facts().stream(), seen.units().values().stream());
    Host host = seen.host();
    Stream<Fact> all = Stream.concat(processes, others);
    return Stream.concat(all, host == null ? Stream.empty() : Stream.of(host)).toList();
  }

  /** Where nobody of that name is a process, each may be to blame. */
  private boolean isAbout(Proc proc) {
    return proc.comm().equals(wanted.about()) || proc.id().toString().equals(wanted.about());
  }

  private static String nameOf(Fact fact) {
    return fact instanceof Proc proc
        ? proc.comm()
        : fact instanceof Host ? "the host" : fact.key().toString();
  }

  List<String> words(History history) {
    List<String> words = new ArrayList<>();
    if (wanted.kind() == What.Kind.ACTION) {
      wordsOfLadder(history, words);
    } else {
      wordsOfSymptoms(history, words);
      wordsOfConditions(words);
    }
    return words;
  }

  private void wordsOfLadder(History history, List<String> words) {
    List<Event> incidents = history.all(new What(What.Kind.INCIDENT, null, null, wanted.about()));
    if (incidents.isEmpty()) {
      words.add("no incident was opened" + (wanted.about() == null ? "" : " on " + wanted.about()));
    }
    incidents.forEach(
        each ->
            words.add(
                each.what()
                    + " "
                    + each.when()
                    + (each.because().isEmpty() ? "" : ": " + String.join("; ", each.because()))));
    history.all(new What(What.Kind.ACTION, wanted.name(), null, wanted.about())).stream()
        .filter(each -> !each.how().equals(What.DONE))
        .forEach(each -> words.add(each.what() + " " + each.when() + ": " + each.because().get(0)));
  }

  private void wordsOfSymptoms(History history, List<String> words) {
    for (String symptom : graph.symptomsBefore(rules)) {
      List<Event> held = history.all(new What(What.Kind.SYMPTOM, symptom, null, null));
      held.stream()
          .limit(MOST_FACTS)
          .forEach(each -> words.add("there was the " + each.what() + " " + each.when()));
    }
    Limit lasting = lasting();
    if (!words.isEmpty() && lasting != null) {
      String length = Durations.format(Duration.ofMillis(millis(lasting)));
      words.add("it must last " + length + " (limit " + wanted.name() + ".for)");
    }
  }

  private @Nullable Limit lasting() {
    return limits.all().stream()
        .filter(each -> each.diagnosis().equals(wanted.name()) && each.name().equals("for"))
        .filter(each -> each.millis() != null)
        .findFirst()
        .orElse(null);
  }

  private static long millis(Limit limit) {
    return limit.millis() == null ? 0 : limit.millis();
  }

  private void wordsOfConditions(List<String> words) {
    Map<String, List<Nearest>> byRule = new LinkedHashMap<>();
    nearest.forEach(
        (key, near) -> byRule.computeIfAbsent(key.get(0), r -> new ArrayList<>()).add(near));
    byRule.forEach(
        (rule, all) ->
            all.stream()
                .sorted(Comparator.comparing(each -> each.misses().size()))
                .limit(MOST_FACTS)
                .forEach(each -> words.add(words(rule, each))));
  }

  private static String words(String rule, Nearest near) {
    List<String> conditions =
        near.misses().stream()
            .map(miss -> miss.field() + " is " + miss.value() + ", wanted is " + miss.needs())
            .toList();
    return "rule \""
        + rule
        + "\": of "
        + near.who()
        + " "
        + String.join("; ", conditions)
        + " (from "
        + Durations.format(near.from())
        + " to "
        + Durations.format(near.to())
        + ")";
  }
}
