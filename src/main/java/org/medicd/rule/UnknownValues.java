package org.medicd.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.config.Problem;

/**
 * Finds where a rule does not think of values that may be unknown: a "not" is true of them, and
 * arithmetic with them fails. A condition "field != null" before that says that it was thought of.
 */
final class UnknownValues {
  private static final Pattern STRING_OR_LIMIT =
      Pattern.compile("\"[^\"]*\"|limits\\s*\\.\\s*\\w+\\s*\\([^)]*\\)");
  private static final Pattern BOUND = Pattern.compile("\\s*(\\$\\w+)\\s*:\\s*([\\w.]+)\\s*");
  private static final Pattern OPERAND =
      Pattern.compile("([$A-Za-z][\\w.]*)\\s*[-+*/%]|[-+*/%]\\s*([$A-Za-z][\\w.]*)");

  private static final Pattern TEXT = Pattern.compile("([\\w.]+)\\s+(?:not\\s+)?str\\[");

  private final RuleText rule;
  private final List<Problem> found = new ArrayList<>();
  private final Set<String> unknownVariables = new HashSet<>();

  UnknownValues(RuleText rule) {
    this.rule = rule;
  }

  List<Problem> all() {
    for (RuleText.PatternText pattern : rule.patterns()) {
      Set<String> known = new HashSet<>();
      for (Condition condition : pattern.conditions()) {
        if (condition.operator().equals("!=") && condition.right().equals("null")) {
          known.add(condition.field());
        }
        look(pattern, condition, known);
      }
    }
    return found;
  }

  private void look(RuleText.PatternText pattern, Condition condition, Set<String> known) {
    Matcher bound = BOUND.matcher(condition.text());
    if (bound.matches() && mayBeUnknown(pattern, bound.group(2), known)) {
      unknownVariables.add(bound.group(1));
    }
    String field = condition.field();
    if (field != null) {
      groups(pattern, field, known);
      boolean compares = condition.operator().matches("[<>]=?|==");
      if (pattern.negated()
          && compares
          && mayBeUnknown(pattern, field, known)
          && !isNull(condition)) {
        warn(
            pattern,
            condition,
            "'not' is true where "
                + field
                + " is unknown: say "
                + field
                + " != null before it if that is meant, or ask for the opposite without 'not'");
      }
    }
    texts(pattern, condition, known);
    arithmetic(pattern, condition, known);
  }

  /** The engine's str[...] calls a method of the text. */
  private void texts(RuleText.PatternText pattern, Condition condition, Set<String> known) {
    Matcher text = TEXT.matcher(condition.text());
    if (text.find() && mayBeUnknown(pattern, text.group(1), known)) {
      String field = text.group(1);
      String mend = " is unknown: say " + field + " != null before it, or use matches";
      warn(pattern, condition, "str[...] fails where " + field + mend);
    }
  }

  private static boolean isNull(Condition condition) {
    return condition.right().equals("null");
  }

  /** A field of a group that may be unknown as a whole. */
  private void groups(RuleText.PatternText pattern, String field, Set<String> known) {
    int dot = field.lastIndexOf('.');
    if (dot > 0 && mayBeUnknown(pattern, field.substring(0, dot), known)) {
      String group = field.substring(0, dot);
      if (FactFields.find(pattern.type(), field) != null) {
        found.add(
            RuleWarnings.problem(
                rule,
                rule.lineOf(field),
                group
                    + " may be unknown, and reaching into it fails then: say "
                    + group
                    + " != null before it",
                null));
      }
    }
  }

  private void arithmetic(RuleText.PatternText pattern, Condition condition, Set<String> known) {
    String plain = STRING_OR_LIMIT.matcher(condition.text()).replaceAll(" 0 ");
    Matcher operand = OPERAND.matcher(plain);
    while (operand.find()) {
      String name = operand.group(1) != null ? operand.group(1) : operand.group(2);
      if (unknownVariables.contains(name) || mayBeUnknown(pattern, name, known)) {
        warn(
            pattern,
            condition,
            "it reckons with "
                + name
                + ", which may be unknown, and fails then: say so before it, as "
                + name
                + " != null");
        return;
      }
    }
  }

  private static boolean mayBeUnknown(
      RuleText.PatternText pattern, String name, Set<String> known) {
    FactFields.Field field = FactFields.find(pattern.type(), name);
    return field != null && field.isNullable() && !known.contains(name);
  }

  private void warn(RuleText.PatternText pattern, Condition condition, String message) {
    int line =
        rule.source().contains(condition.text()) ? rule.lineOf(condition.text()) : pattern.line();
    found.add(RuleWarnings.problem(rule, line, message, null));
  }
}
