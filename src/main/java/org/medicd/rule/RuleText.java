package org.medicd.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.PatternSourceDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;
import org.medicd.plan.Severity;

/**
 * A rule as its author wrote it: what explanations and lints stand on.
 *
 * @param file where it stands
 * @param line of its first line
 * @param source all of it, from "rule" to "end"
 * @param name of the rule
 * @param metadata its annotations, as severity → "warning"
 * @param patterns what it matches, nested ones included
 * @param consequence the code after "then"
 * @param selfContained no function or class of its file's own may use facts behind its back
 */
public record RuleText(
    Path file,
    int line,
    String source,
    String name,
    Map<String, String> metadata,
    List<PatternText> patterns,
    String consequence,
    boolean selfContained) {
  private static final Pattern WHEN = Pattern.compile("\\bwhen\\b");
  private static final Pattern SALIENCE = Pattern.compile("\\bsalience\\s+(-?[0-9]{1,6})");

  /**
   * One pattern of a rule.
   *
   * @param type simple name of the fact
   * @param line where it stands
   * @param conditions the constraints between its parentheses
   * @param ofFacts it matches facts, not what an accumulate or a from gives
   * @param negated it is what there must not be
   */
  public record PatternText(
      String type, int line, List<Condition> conditions, boolean ofFacts, boolean negated) {}

  /**
   * @param text of the whole file, as it was parsed
   * @param selfContained its file declares and imports nothing that could use facts
   */
  static RuleText of(Path file, String text, RuleDescr rule, boolean selfContained) {
    Map<String, String> metadata = new LinkedHashMap<>();
    rule.getAnnotations()
        .forEach(
            annotation ->
                metadata.put(annotation.getName(), unquoted(annotation.getSingleValueAsString())));
    List<PatternText> patterns = new ArrayList<>();
    collect(rule.getLhs(), false, patterns);
    return new RuleText(
        file,
        rule.getLine(),
        text.substring(
            Math.max(0, rule.getStartCharacter()),
            Math.min(text.length(), rule.getEndCharacter() + 1)),
        rule.getName(),
        metadata,
        patterns,
        String.valueOf(rule.getConsequence()),
        selfContained);
  }

  /** Facts may be called by their full names. */
  private static String simple(String type) {
    return type.replaceFirst("^org\\.medicd\\.(fact|plan|config)\\.", "");
  }

  private static String asWritten(String constraint) {
    return constraint.replace("unitName", "unit");
  }

  private static void collect(BaseDescr descr, boolean negated, List<PatternText> patterns) {
    if (descr instanceof PatternDescr pattern) {
      List<Condition> conditions =
          pattern.getConstraint().getDescrs().stream()
              .flatMap(each -> Condition.split(asWritten(each.toString())).stream())
              .toList();
      patterns.add(
          new PatternText(
              simple(pattern.getObjectType()),
              pattern.getLine(),
              conditions,
              pattern.getSource() == null,
              negated));
      BaseDescr input = input(pattern.getSource());
      if (input != null) {
        collect(input, negated, patterns);
      }
    } else if (descr instanceof ConditionalElementDescr group) {
      boolean not = negated || group instanceof NotDescr;
      group.getDescrs().forEach(each -> collect((BaseDescr) each, not, patterns));
    }
  }

  /** What an accumulate or a collect goes through; null for what takes in no facts. */
  private static @Nullable BaseDescr input(@Nullable PatternSourceDescr source) {
    return source instanceof AccumulateDescr accumulate
        ? accumulate.getInput()
        : source instanceof CollectDescr collect ? collect.getInputPattern() : null;
  }

  /** The first of its lines that holds this text; its first line where none does. */
  public int lineOf(String wanted) {
    int at = source.indexOf(wanted);
    return at < 0
        ? line
        : line + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** What stands before "when": attributes and annotations. */
  String head() {
    int when = WHEN.matcher(source).results().map(MatchResult::start).findFirst().orElse(0);
    return source.substring(0, when);
  }

  /** Which of several rules that match goes first; 0 unless it says otherwise. */
  int salience() {
    Matcher salience = SALIENCE.matcher(head());
    return salience.find() ? Integer.parseInt(salience.group(1)) : 0;
  }

  /** From @severity; warning unless it says otherwise. */
  Severity severity() {
    return Severity.valueOf(metadata.getOrDefault("severity", "warning").toUpperCase(Locale.ROOT));
  }

  /** From @mode: the furthest that the rule allows. */
  Mode mode() {
    return Mode.valueOf(metadata.getOrDefault("mode", "act").toUpperCase(Locale.ROOT));
  }

  private static String unquoted(@Nullable String value) {
    return value == null ? "" : value.replaceAll("^\"|\"$", "");
  }
}
