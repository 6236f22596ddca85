package org.medicd.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.config.Nearest;
import org.medicd.config.Problem;

/** Finds what compiles and would do something else than was meant, or nothing. */
final class RuleWarnings {
  private static final Pattern TIMER = Pattern.compile("\\btimer\\s*\\(");
  private static final Pattern TREAT = Pattern.compile("\\.\\s*treat\\s*\\(");
  private static final Set<String> CONCLUDED = Set.of("Symptom", "Diagnosis", "Limit");

  /** What a rule may name without leaving the vocabulary. */
  private static final Pattern HARMLESS =
      Pattern.compile("(java\\.(lang|util|time)|org\\.medicd\\.(fact|plan|config))\\.[A-Z*].*");

  private static final Pattern FOREIGN =
      Pattern.compile("\\b(?:java|javax|jdk|sun|com|org|net)(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*");
  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\n])*\"");

  private final List<RuleParser.ParsedFile> files;
  private final List<RuleText> rules;
  private final RuleGraph graph;
  private final List<Problem> found = new ArrayList<>();

  RuleWarnings(List<RuleParser.ParsedFile> files) {
    this.files = files;
    this.rules = files.stream().flatMap(file -> file.rules().stream()).toList();
    this.graph = RuleGraph.of(rules);
  }

  List<Problem> all() {
    files.forEach(this::foreignNames);
    for (RuleText rule : rules) {
      timerOnFacts(rule);
      found.addAll(new UnknownValues(rule).all());
      untreated(rule);
      treatsNothing(rule);
      shadowed(rule);
    }
    found.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line));
    return List.copyOf(found);
  }

  /** It begins anew with each change of the fact, so that it would never be over, or often. */
  private void timerOnFacts(RuleText rule) {
    if (!TIMER.matcher(rule.head()).find()) {
      return;
    }
    rule.patterns().stream()
        .filter(pattern -> !CONCLUDED.contains(pattern.type()))
        .filter(pattern -> !FactFields.of(pattern.type()).isEmpty())
        .findFirst()
        .ifPresent(
            pattern ->
                warn(
                    rule,
                    pattern.line(),
                    "its timer stands on "
                        + pattern.type()
                        + ", which changes all the time: conclude a Symptom from it in a rule of"
                        + " its own, and let the timer stand on that"));
  }

  private void untreated(RuleText rule) {
    Set<String> treated = treated();
    for (String name : RuleGraph.diagnosesIn(rule.consequence())) {
      if (!treated.contains(name) && !treated.contains(RuleGraph.ANY)) {
        String advice = ": write one with medic.treat(...), and be it only .page()";
        warn(rule, rule.lineOf("\"" + name + "\""), "no rule treats '" + name + "'" + advice);
      }
    }
  }

  private Set<String> treated() {
    Set<String> treated = new HashSet<>();
    rules.stream().filter(RuleWarnings::treats).forEach(rule -> treated.addAll(diagnosesOf(rule)));
    return treated;
  }

  private static boolean treats(RuleText rule) {
    return TREAT.matcher(rule.consequence()).find();
  }

  /** Those that it asks for; {@link RuleGraph#ANY} where it does not say which. */
  private static Set<String> diagnosesOf(RuleText rule) {
    return RuleGraph.namesAskedFor(rule, "Diagnosis");
  }

  private void treatsNothing(RuleText rule) {
    if (!treats(rule)) {
      return;
    }
    for (String name : diagnosesOf(rule)) {
      if (!name.equals(RuleGraph.ANY) && !graph.diagnoses().contains(name)) {
        String nearest = Nearest.to(name, graph.diagnoses());
        String what = "it treats '" + name + "', which no rule concludes";
        warn(rule, rule.lineOf("\"" + name + "\""), what, nearest);
      }
    }
  }

  /** Another treats the same, whatever else is the case, and goes first. */
  private void shadowed(RuleText rule) {
    if (!treats(rule)) {
      return;
    }
    for (RuleText other : rules) {
      boolean sameOnes = diagnosesOf(other).containsAll(diagnosesOf(rule));
      boolean always =
          other.patterns().size() == 1 && other.patterns().get(0).conditions().size() <= 1;
      boolean first = other.salience() >= rule.salience();
      if (other != rule && treats(other) && sameOnes && always && first && !isTwin(rule, other)) {
        warn(
            rule,
            rule.line(),
            "it never has its way: \""
                + other.name()
                + "\" treats the same and goes first. Give it a salience above "
                + other.salience());
        return;
      }
    }
  }

  /** Of two that are equal only the later one is told. */
  private boolean isTwin(RuleText rule, RuleText other) {
    boolean equal = rule.salience() == other.salience() && rule.patterns().size() == 1;
    return equal && rules.indexOf(rule) < rules.indexOf(other);
  }

  private void foreignNames(RuleParser.ParsedFile file) {
    String path = file.source().path().toString();
    for (String name : file.imports()) {
      if (!HARMLESS.matcher(name).matches() && !name.startsWith("org.medicd.")) {
        found.add(new Problem(path, 0, foreign("it imports " + name), null));
      }
    }
    for (RuleText rule : file.rules()) {
      Matcher name = FOREIGN.matcher(COMMENT_OR_TEXT.matcher(rule.source()).replaceAll(" "));
      while (name.find()) {
        if (!HARMLESS.matcher(name.group()).matches()) {
          warn(rule, rule.lineOf(name.group()), foreign("it uses " + name.group()));
        }
      }
    }
  }

  private static String foreign(String what) {
    return what
        + ", which is outside of the vocabulary of rules. (This is a hint, no sandbox: rules run"
        + " with the daemon's power.)";
  }

  /** The limits that a rule asks for, as diagnosis.name. */
  static Set<String> limitsOf(RuleText rule) {
    Set<String> names = new HashSet<>();
    Condition.limitsIn(rule.source()).forEach(limit -> names.add(limit[1] + "." + limit[2]));
    for (RuleText.PatternText pattern : rule.patterns()) {
      if (pattern.type().equals("Limit")) {
        names.add(asked(pattern, "diagnosis") + "." + asked(pattern, "name"));
      }
    }
    return names;
  }

  private static String asked(RuleText.PatternText pattern, String field) {
    return pattern.conditions().stream()
        .filter(condition -> field.equals(condition.field()))
        .map(condition -> condition.right().replaceAll("^\"|\"$", ""))
        .findFirst()
        .orElse(RuleGraph.ANY);
  }

  private void warn(RuleText rule, int line, String message) {
    warn(rule, line, message, null);
  }

  private void warn(
      RuleText rule, int line, String message, @org.jspecify.annotations.Nullable String mend) {
    found.add(problem(rule, line, message, mend));
  }

  static Problem problem(
      RuleText rule, int line, String message, @org.jspecify.annotations.Nullable String mend) {
    String text = "rule \"" + rule.name() + "\": " + message;
    return new Problem(rule.file().toString(), line, text, mend);
  }
}
