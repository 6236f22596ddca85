package org.medicd.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.medicd.config.Limit;
import org.medicd.config.Limits;
import org.medicd.config.Nearest;
import org.medicd.config.Problem;

/** Finds what the compiler cannot: names that nothing answers to. */
final class RuleLint {
  private static final Pattern NEW_SYMPTOM =
      Pattern.compile("new\\s+Symptom\\s*\\(\\s*\"([^\"]+)\"");
  private static final Pattern GATE = Pattern.compile("onlyWhile\\s*\\(\\s*\"([^\"]+)\"");
  private static final Pattern ACTS =
      Pattern.compile(
          "\\b(Runtime|ProcessBuilder|ProcessHandle|System\\s*\\.|Thread|Files|Socket)\\b");
  private static final Pattern SEVERITY = Pattern.compile("info|warning|critical");
  private static final Pattern MODE = Pattern.compile("shadow|observe|approve|act");

  private final Limits limits;
  private final List<Problem> problems = new ArrayList<>();

  RuleLint(Limits limits) {
    this.limits = limits;
  }

  List<Problem> check(List<RuleText> rules) {
    Set<String> produced = produced(rules);
    Set<String> names = new HashSet<>();
    for (RuleText rule : rules) {
      if (!names.add(rule.name())) {
        add(rule, rule.line(), "a second rule has this name: give each its own", null);
      }
      checkMetadata(rule);
      checkLimits(rule);
      checkFields(rule);
      checkSymptoms(rule, produced);
      checkConsequence(rule);
    }
    return problems;
  }

  private static Set<String> produced(List<RuleText> rules) {
    return rules.stream()
        .flatMap(rule -> NEW_SYMPTOM.matcher(rule.consequence()).results())
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }

  private void checkMetadata(RuleText rule) {
    String severity = rule.metadata().getOrDefault("severity", "warning");
    if (!SEVERITY.matcher(severity).matches()) {
      add(
          rule,
          rule.line(),
          "unknown @severity '" + severity + "': write info, warning or critical",
          null);
    }
    String mode = rule.metadata().getOrDefault("mode", "act");
    if (!MODE.matcher(mode).matches()) {
      add(
          rule,
          rule.line(),
          "unknown @mode '" + mode + "': write shadow, observe, approve or act",
          null);
    }
  }

  private void checkLimits(RuleText rule) {
    String conditions =
        rule.patterns().stream()
            .flatMap(pattern -> pattern.conditions().stream())
            .map(Condition::text)
            .collect(Collectors.joining(" "));
    for (String[] asked : Condition.limitsIn(conditions + " " + rule.consequence())) {
      String name = asked[1] + "." + asked[2];
      if (limits.all().stream().noneMatch(limit -> key(limit).equals(name))) {
        Set<String> known = limits.all().stream().map(RuleLint::key).collect(Collectors.toSet());
        add(rule, rule.line(), "no limit '" + name + "'", Nearest.to(name, known));
      }
    }
  }

  private static String key(Limit limit) {
    return limit.diagnosis() + "." + limit.name();
  }

  private void checkFields(RuleText rule) {
    for (RuleText.PatternText pattern : rule.patterns()) {
      List<String> fields = FactFields.of(pattern.type());
      if (fields.isEmpty()) {
        continue;
      }
      for (Condition condition : pattern.conditions()) {
        String field = condition.field();
        if (field != null && !fields.contains(field)) {
          add(
              rule,
              pattern.line(),
              pattern.type() + " has no field '" + field + "'",
              Nearest.to(field, fields));
        }
      }
    }
  }

  private void checkSymptoms(RuleText rule, Set<String> produced) {
    for (RuleText.PatternText pattern : rule.patterns()) {
      if (!pattern.type().equals("Symptom")) {
        continue;
      }
      for (Condition condition : pattern.conditions()) {
        if ("name".equals(condition.field()) && condition.needs(limits) instanceof String name) {
          checkSymptom(rule, pattern.line(), name, produced);
        }
      }
    }
    Matcher gate = GATE.matcher(rule.consequence());
    while (gate.find()) {
      checkSymptom(rule, rule.line(), gate.group(1), produced);
    }
  }

  private void checkSymptom(RuleText rule, int line, String name, Set<String> produced) {
    if (!produced.contains(name)) {
      add(rule, line, "no rule produces the symptom '" + name + "'", Nearest.to(name, produced));
    }
  }

  private void checkConsequence(RuleText rule) {
    Matcher acts = ACTS.matcher(rule.consequence());
    if (acts.find()) {
      add(
          rule,
          rule.line(),
          "the consequence uses "
              + acts.group(1)
              + ": a rule only proposes, write medic.treat(...) instead",
          null);
    }
  }

  private void add(
      RuleText rule, int line, String message, @org.jspecify.annotations.Nullable String mend) {
    problems.add(
        new Problem(
            rule.file().toString(), line, "rule \"" + rule.name() + "\": " + message, mend));
  }
}
