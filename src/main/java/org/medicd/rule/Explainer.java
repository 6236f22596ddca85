package org.medicd.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limits;
import org.medicd.plan.NearMiss;

/**
 * Says in words why a rule matched a fact, or what kept it from matching. Reads the rules' texts
 * and no session, so any thread may ask.
 */
public final class Explainer {
  private static final Set<String> LASTING = Set.of("for", "window");

  private final Map<String, RuleText> rules;
  private final RuleGraph graph;
  private final Limits limits;

  Explainer(Map<String, RuleText> rules, Limits limits) {
    this.rules = rules;
    this.graph = RuleGraph.of(rules.values());
    this.limits = limits;
  }

  /** The values of a fact that the rule asks for, as "demandAvg10 99.8 >= 90". */
  public List<String> values(String rule, Object fact) {
    List<String> words = new ArrayList<>();
    for (Condition condition : conditionsOn(rules.get(rule), fact)) {
      String field = condition.field();
      if (field == null || condition.operator().equals("not")) {
        continue;
      }
      words.add(
          field
              + " "
              + shown(FactFields.value(fact, field))
              + (condition.operator().equals("is") ? "" : " " + wanted(condition)));
    }
    return words;
  }

  /**
   * The conditions that do not hold for this fact, by the rules about facts of its type; those of
   * which fewest fail come first.
   */
  public Map<String, List<NearMiss>> nearMisses(Object fact) {
    Map<String, List<NearMiss>> byRule = new LinkedHashMap<>();
    rules.values().stream()
        .map(rule -> missed(rule, fact))
        .filter(missed -> !missed.isEmpty())
        .sorted((one, other) -> Integer.compare(one.size(), other.size()))
        .forEach(missed -> byRule.put(missed.get(0).rule(), missed));
    return byRule;
  }

  private List<NearMiss> missed(RuleText rule, Object fact) {
    List<NearMiss> missed = new ArrayList<>();
    for (Condition condition : conditionsOn(rule, fact)) {
      String field = condition.field();
      if (field == null) {
        continue;
      }
      Object value = FactFields.value(fact, field);
      if (Boolean.FALSE.equals(condition.holds(value, limits))) {
        missed.add(
            new NearMiss(rule.name(), condition.text(), field, shown(value), wanted(condition)));
      }
    }
    return missed;
  }

  /** The diagnoses that stand on this symptom, and how long it must last for each. */
  public Map<String, Duration> leadsTo(String symptom) {
    Map<String, Duration> diagnoses = new LinkedHashMap<>();
    graph.diagnosesFrom(symptom).forEach(name -> diagnoses.put(name, lasting(name)));
    return diagnoses;
  }

  /** How long what leads to a diagnosis must last: a window to fill, and then "for". */
  Duration lasting(String diagnosis) {
    return limits.of(diagnosis).stream()
        .filter(limit -> LASTING.contains(limit.name()))
        .map(limit -> limit.millis() == null ? Duration.ZERO : Duration.ofMillis(limit.millis()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static List<Condition> conditionsOn(@Nullable RuleText rule, Object fact) {
    return rule == null
        ? List.of()
        : rule.patterns().stream()
            .filter(pattern -> !pattern.negated())
            .filter(pattern -> pattern.type().equals(fact.getClass().getSimpleName()))
            .flatMap(pattern -> pattern.conditions().stream())
            .toList();
  }

  private String wanted(Condition condition) {
    return switch (condition.operator()) {
      case "is" -> "true";
      case "not" -> "false";
      default -> condition.operator() + " " + needed(condition);
    };
  }

  private String needed(Condition condition) {
    Object needs = condition.needs(limits);
    List<String[]> named = Condition.limitsIn(condition.right());
    String limit =
        named.isEmpty() ? "" : " (limit " + named.get(0)[1] + "." + named.get(0)[2] + ")";
    return (needs == null ? condition.right() : shown(needs)) + limit;
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "unknown";
    }
    if (value instanceof Double number) {
      return number == Math.rint(number)
          ? String.format(Locale.ROOT, "%.0f", number)
          : String.format(Locale.ROOT, "%.1f", number);
    }
    return value.toString();
  }
}
