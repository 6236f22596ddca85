package org.medicd.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medicd.config.Durations;
import org.medicd.config.Limit;
import org.medicd.config.Limits;
import org.medicd.config.Nearest;
import org.medicd.config.Problem;
import org.medicd.linux.sched.Scheduling;
import org.medicd.linux.systemd.PoolChange;
import org.medicd.linux.systemd.UnitLimit;

/** Finds what the compiler cannot: names that nothing answers to. */
final class RuleLint {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern SWALLOWED = Pattern.compile("(?m)^\\s*(rule\\s+\\S.*|when\\s*)$");
  private static final Pattern PATIENCE =
      Pattern.compile(
          "\\.(?:stop|(?:term|kill|signal)(?:Family)?|sigchld|renice|ionice|affinity|sched|freeze|limit|cgroupKill|\\w+Unit"
              + "|resetFailed|scalePool|dropCaches|resetSwap|vacuum|remount|reboot)\\((?:[^,()]*,)?\\s*\"([^\"]*)\"\\s*\\)");
  private static final Pattern PATIENCE_OF_PROGRAM =
      Pattern.compile("\\.exec\\(\\s*\"[^\"]*\"\\s*,\\s*\"([^\"]*)\"");
  private static final Pattern VALUE =
      Pattern.compile(
          "\\.(signal|signalFamily|renice|ionice|affinity|sched|limit|scalePool|remount|exec)\\(\\s*(?:\"([^\"]*)\"|(-?\\d{1,6}))\\s*,");
  private static final Pattern LIMIT_METHOD = Pattern.compile("\\blimits\\s*\\.\\s*(\\w+)\\s*\\(");
  private static final List<String> LIMIT_METHODS = List.of("number", "bytes", "millis", "seconds");
  private static final Pattern GATE = Pattern.compile("onlyWhile\\s*\\(\\s*\"([^\"]+)\"");
  private static final Pattern ACTS =
      Pattern.compile(
          "\\b(Runtime|ProcessBuilder|ProcessHandle|System\\s*\\.|Thread|Files|Socket)\\b");
  private static final Pattern SEVERITY = Pattern.compile("info|warning|critical");
  private static final Pattern MODE = Pattern.compile("shadow|observe|approve|act");

  private final Limits limits;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<RuleText> explained = new HashSet<>();

  RuleLint(Limits limits) {
    this.limits = limits;
  }

  /** What the compiler would say of this rule is said already, and better. */
  boolean explains(RuleText rule) {
    return explained.contains(rule);
  }

  /**
   * @param sources the files as they are: a symptom of a rule that could not be parsed is known too
   */
  List<Problem> check(List<RuleText> rules, List<RuleSource> sources) {
    Set<String> produced = produced(rules, sources);
    Set<String> names = new HashSet<>();
    for (RuleText rule : rules) {
      if (!names.add(rule.name())) {
        add(rule, rule.line(), "a second rule has this name: give each its own", null);
        explained.add(rule);
      }
      checkMetadata(rule);
      checkLimits(rule);
      checkFields(rule);
      checkSymptoms(rule, produced);
      checkConsequence(rule);
    }
    return problems;
  }

  private static Set<String> produced(List<RuleText> rules, List<RuleSource> sources) {
    Stream<String> unparsed =
        sources.stream()
            .map(
                source ->
                    source.without(
                        rules.stream()
                            .filter(rule -> rule.file().equals(source.path()))
                            .map(RuleText::source)
                            .toList()))
            .map(source -> COMMENT.matcher(source.text()).replaceAll(""));
    return Stream.concat(rules.stream().map(RuleText::consequence), unparsed)
        .flatMap(text -> RuleGraph.symptomsIn(text).stream())
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
    Matcher method = LIMIT_METHOD.matcher(rule.source());
    while (method.find()) {
      if (!LIMIT_METHODS.contains(method.group(1))) {
        String wrong = "limits has no '" + method.group(1) + "'";
        String nearest = Nearest.to(method.group(1), LIMIT_METHODS);
        add(rule, rule.lineOf(method.group()), wrong, nearest);
        explained.add(rule);
      }
    }
    for (String[] asked : Condition.limitsIn(conditions + " " + rule.consequence())) {
      String name = asked[1] + "." + asked[2];
      Optional<Limit> limit =
          limits.all().stream().filter(each -> key(each).equals(name)).findFirst();
      int line = rule.lineOf("\"" + asked[2] + "\"");
      if (limit.isEmpty()) {
        Set<String> known = limits.all().stream().map(RuleLint::key).collect(Collectors.toSet());
        add(rule, line, "no limit '" + name + "'", Nearest.to(name, known));
      } else if (!methodOf(limit.get()).contains(asked[0])) {
        String right = "limits." + methodOf(limit.get()).get(0);
        String wrong = "limits." + asked[0] + " does not fit the limit '" + name + "'";
        add(rule, line, wrong, right);
      }
    }
  }

  /** The methods of {@link Limits} that give this limit. */
  private static List<String> methodOf(Limit limit) {
    return limit.number() != null
        ? List.of("number")
        : limit.bytes() != null ? List.of("bytes") : List.of("seconds", "millis");
  }

  private static String key(Limit limit) {
    return limit.diagnosis() + "." + limit.name();
  }

  private void checkFields(RuleText rule) {
    for (RuleText.PatternText pattern : rule.patterns()) {
      Set<String> fields = FactFields.of(pattern.type());
      if (fields.isEmpty()) {
        continue;
      }
      for (Condition condition : pattern.conditions()) {
        String field = condition.field();
        if (field != null && FactFields.misses(pattern.type(), field)) {
          add(
              rule,
              rule.lineOf(condition.text()),
              pattern.type() + " has no field '" + field + "'",
              Nearest.to(field, fields));
          explained.add(rule);
        } else if (field != null) {
          checkKind(rule, pattern, condition, field);
        }
      }
    }
  }

  /** A comparison that can never be true, and would compile. */
  private void checkKind(
      RuleText rule, RuleText.PatternText pattern, Condition condition, String field) {
    Class<?> type = FactFields.typeOf(pattern.type(), field);
    Object wanted = condition.isFlag() ? null : condition.needs(limits);
    if (type == null || wanted == null) {
      return;
    }
    String what = pattern.type() + "'s '" + field + "' is ";
    boolean isNumber = Number.class.isAssignableFrom(type) || type.isPrimitive();
    if (type.isEnum()) {
      String right = "write " + type.getSimpleName() + "." + type.getEnumConstants()[0];
      add(rule, rule.lineOf(condition.text()), what + "one of a few: " + right, null);
      explained.add(rule);
    } else if (type == String.class && wanted instanceof Number) {
      add(rule, rule.lineOf(condition.text()), what + "text: write it in quotes", null);
    } else if (isNumber && wanted instanceof String) {
      String kind = type == boolean.class ? "true or false" : "a number";
      add(rule, rule.lineOf(condition.text()), what + kind + ": write it without quotes", null);
      explained.add(rule);
    }
  }

  private void checkSymptoms(RuleText rule, Set<String> produced) {
    for (RuleText.PatternText pattern : rule.patterns()) {
      if (!pattern.type().equals("Symptom") || pattern.negated()) {
        continue; // what there must not be may be left for others to conclude
      }
      for (Condition condition : pattern.conditions()) {
        if ("name".equals(condition.field()) && condition.needs(limits) instanceof String name) {
          checkSymptom(rule, pattern.line(), name, produced);
        }
      }
    }
    Matcher gate = GATE.matcher(rule.consequence());
    while (gate.find()) {
      checkSymptom(rule, rule.lineOf("\"" + gate.group(1) + "\""), gate.group(1), produced);
    }
  }

  private void checkSymptom(RuleText rule, int line, String name, Set<String> produced) {
    if (!produced.contains(name)) {
      add(rule, line, "no rule produces the symptom '" + name + "'", Nearest.to(name, produced));
    }
  }

  private void checkConsequence(RuleText rule) {
    String code = COMMENT.matcher(rule.consequence()).replaceAll("");
    if (SWALLOWED.matcher(code).find()) {
      add(rule, rule.line(), "its 'end' is missing: the next rule begins within it", null);
      explained.add(rule);
    }
    Matcher acts = ACTS.matcher(code.replaceAll("\"[^\"]*\"", "\"\""));
    if (acts.find()) {
      String used = acts.group(1).replaceAll("\\W", "");
      String why = ": a rule only proposes, write medic.treat(...) instead";
      add(rule, rule.lineOf(used), "the consequence uses " + used + why, null);
    }
    for (Pattern pattern : List.of(PATIENCE, PATIENCE_OF_PROGRAM)) {
      Matcher patience = pattern.matcher(code);
      while (patience.find()) {
        checkValue(rule, patience.group(), () -> Durations.parse(patience.group(1)));
      }
    }
    Matcher value = VALUE.matcher(code);
    while (value.find()) {
      checkValue(rule, value.group(), () -> parse(value));
    }
  }

  /** A wrong one would be found only when the rule fires, and the ladder is wanted. */
  private void checkValue(RuleText rule, String where, Runnable parser) {
    try {
      parser.run();
    } catch (IllegalArgumentException e) {
      add(rule, rule.lineOf(where), String.valueOf(e.getMessage()), null);
    }
  }

  private static void parse(Matcher value) {
    String text = value.group(2);
    if (text == null) {
      Scheduling.nice(Integer.parseInt(value.group(3)));
    } else {
      switch (value.group(1)) {
        case "signal", "signalFamily" -> Prescription.checkSignal(text);
        case "ionice" -> Scheduling.ioPriority(text);
        case "affinity" -> Scheduling.cpus(text);
        case "sched" -> Scheduling.policy(text);
        case "limit" -> UnitLimit.parse(text);
        case "scalePool" -> PoolChange.parse(text);
        case "remount" -> Prescription.checkRemount(text);
        case "exec" -> Prescription.checkProgram(text);
        default -> {} // no text for renice: the compiler says so
      }
    }
  }

  private void add(
      RuleText rule, int line, String message, @org.jspecify.annotations.Nullable String mend) {
    problems.add(
        new Problem(
            rule.file().toString(), line, "rule \"" + rule.name() + "\": " + message, mend));
  }
}
