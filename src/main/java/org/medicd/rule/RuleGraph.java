package org.medicd.rule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which rule concludes what, and from which symptoms. */
public final class RuleGraph {
  private static final Pattern NEW_SYMPTOM =
      Pattern.compile("new\\s+Symptom\\s*\\(\\s*\"([^\"]+)\"");
  private static final Pattern NEW_DIAGNOSIS =
      Pattern.compile("new\\s+Diagnosis\\s*\\(\\s*\"([^\"]+)\"");

  /** What stands for all names, where a rule does not say which. */
  static final String ANY = "*";

  private final Map<String, Set<String>> bySymptom = new LinkedHashMap<>();
  private final Map<String, Set<String>> byDiagnosis = new LinkedHashMap<>();
  private final Map<String, Set<String>> needs = new LinkedHashMap<>();

  private RuleGraph() {}

  public static RuleGraph of(Collection<RuleText> rules) {
    RuleGraph graph = new RuleGraph();
    for (RuleText rule : rules) {
      symptomsIn(rule.consequence()).forEach(name -> put(graph.bySymptom, name, rule.name()));
      diagnosesIn(rule.consequence()).forEach(name -> put(graph.byDiagnosis, name, rule.name()));
      namesAskedFor(rule, "Symptom").forEach(name -> put(graph.needs, rule.name(), name));
    }
    return graph;
  }

  private static void put(Map<String, Set<String>> map, String key, String value) {
    map.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value);
  }

  /**
   * The names that its patterns of this type want to be there; {@link #ANY} where one does not say.
   */
  static Set<String> namesAskedFor(RuleText rule, String type) {
    Set<String> names = new LinkedHashSet<>();
    for (RuleText.PatternText pattern : rule.patterns()) {
      if (pattern.type().equals(type) && !pattern.negated()) {
        names.add(
            pattern.conditions().stream()
                .filter(condition -> "name".equals(condition.field()))
                .map(condition -> condition.right().replaceAll("^\"|\"$", ""))
                .findFirst()
                .orElse(ANY));
      }
    }
    return names;
  }

  /** The symptoms that some code makes. */
  static Set<String> symptomsIn(String code) {
    return names(NEW_SYMPTOM, code);
  }

  /** The diagnoses that some code makes. */
  static Set<String> diagnosesIn(String code) {
    return names(NEW_DIAGNOSIS, code);
  }

  private static Set<String> names(Pattern pattern, String code) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** All that some rule concludes. */
  public Set<String> symptoms() {
    return Set.copyOf(bySymptom.keySet());
  }

  /** All that some rule concludes. */
  public Set<String> diagnoses() {
    return Set.copyOf(byDiagnosis.keySet());
  }

  /** The rules that conclude it, and those that lead to these. */
  public Set<String> leadingToDiagnosis(String name) {
    Set<String> rules = new LinkedHashSet<>();
    byDiagnosis.getOrDefault(name, Set.of()).forEach(rule -> collect(rule, rules));
    return rules;
  }

  /** The rules that conclude it, and those that lead to these. */
  public Set<String> leadingToSymptom(String name) {
    Set<String> rules = new LinkedHashSet<>();
    bySymptom.getOrDefault(name, Set.of()).forEach(rule -> collect(rule, rules));
    return rules;
  }

  private void collect(String rule, Set<String> rules) {
    if (rules.add(rule)) {
      needs.getOrDefault(rule, Set.of()).stream()
          .flatMap(symptom -> bySymptom.getOrDefault(symptom, Set.of()).stream())
          .forEach(before -> collect(before, rules));
    }
  }

  /** The diagnoses that some rule concludes from this symptom. */
  Set<String> diagnosesFrom(String symptom) {
    Set<String> found = new LinkedHashSet<>();
    byDiagnosis.forEach(
        (diagnosis, rules) -> {
          if (rules.stream()
              .anyMatch(rule -> needs.getOrDefault(rule, Set.of()).contains(symptom))) {
            found.add(diagnosis);
          }
        });
    return found;
  }

  /** The symptoms that these rules stand on. */
  public List<String> symptomsBefore(Collection<String> rules) {
    return rules.stream()
        .flatMap(rule -> needs.getOrDefault(rule, Set.of()).stream())
        .distinct()
        .toList();
  }
}
