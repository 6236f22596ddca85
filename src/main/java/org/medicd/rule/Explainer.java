package org.medicd.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limits;
import org.medicd.plan.NearMiss;

/** Says in words why a rule matched a fact, or what kept it from matching. */
final class Explainer {
  private final Limits limits;

  Explainer(Limits limits) {
    this.limits = limits;
  }

  /** The values of a matched fact that the rule asked for, as "demandAvg10 99.8 >= 90". */
  List<String> matched(RuleText rule, Object fact) {
    List<String> words = new ArrayList<>();
    for (Condition condition : conditionsOn(rule, fact)) {
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

  /** The conditions of a rule that do not hold for this fact; empty where all do. */
  List<NearMiss> missed(RuleText rule, Object fact) {
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

  private static List<Condition> conditionsOn(RuleText rule, Object fact) {
    return rule.patterns().stream()
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
