package org.medicd.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.config.Limits;
import org.medicd.fact.Asked;
import org.medicd.fact.Fact;

/**
 * Keeps from the rules what cannot matter to any of them: a fact that no pattern can match, a
 * change that no condition can tell. The conditions that it understands (a field against a number,
 * a limit, a text, a flag) it answers as the engine would; where it does not understand one it lets
 * everything through. So thousands of processes cost the rules nothing while nothing is wrong.
 */
final class Sieve {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w$]*");
  private static final Pattern NO_CODE =
      Pattern.compile(
          "(?s)\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])*'|//[^\\n]*|/\\*.*?\\*/");

  /** What a pattern may name that is any fact. */
  private static final Set<String> ANY = Set.of("Fact", "Object", "Record");

  private final Map<String, Screen> screens = new HashMap<>();
  private final Map<String, Set<String>> asked = new HashMap<>();
  private final boolean open;

  Sieve(RulePack pack, Limits limits) {
    List<RuleText> rules = pack.rules();
    open =
        rules.stream()
            .anyMatch(
                rule ->
                    !rule.selfContained()
                        || rule.patterns().stream()
                            .anyMatch(each -> each.ofFacts() && ANY.contains(each.type())));
    Map<String, List<List<Check>>> patterns = new HashMap<>();
    Map<String, Integer> unexplained = new HashMap<>(pack.words());
    for (RuleText rule : rules) {
      for (RuleText.PatternText pattern : rule.patterns()) {
        if (pattern.ofFacts()) {
          List<Check> checks = checks(pattern, limits);
          patterns.computeIfAbsent(pattern.type(), type -> new ArrayList<>()).add(checks);
          checks.forEach(check -> explain(check.field(), unexplained));
        }
      }
    }
    for (String fact : FactFields.facts()) {
      List<List<Check>> of = patterns.getOrDefault(fact, List.of());
      if (!of.isEmpty() || open) {
        Set<String> whole = whole(fact, unexplained);
        screens.put(fact, new Screen(fact, of, whole));
        Set<String> used = new HashSet<>(whole);
        of.forEach(checks -> checks.forEach(check -> used.add(check.field())));
        asked.put(fact, used);
      }
    }
  }

  /** Empty for a pattern that has a form of its own: everything may match it. */
  private static List<Check> checks(RuleText.PatternText pattern, Limits limits) {
    if (!pattern.conditions().stream().allMatch(Sieve::standsAlone)) {
      return List.of();
    }
    return pattern.conditions().stream()
        .map(condition -> Check.of(pattern.type(), condition, limits))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Whether it is a whole condition, which must hold, and no part of an alternative, of a group in
   * parentheses or of a text, nor the second half of "x > 1 && < 9".
   */
  private static boolean standsAlone(Condition condition) {
    String text = condition.text();
    return !text.contains("||")
        && count('(', text) == count(')', text)
        && count('"', text) % 2 == 0
        && !text.matches("(?s)(<|>|=|!=).*");
  }

  private static long count(char wanted, String text) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** How often each word stands in the code of these rules. */
  static Map<String, Integer> words(List<RuleText> rules) {
    Map<String, Integer> words = new HashMap<>();
    for (RuleText rule : rules) {
      Matcher word = WORD.matcher(NO_CODE.matcher(rule.source()).replaceAll(" "));
      while (word.find()) {
        words.merge(word.group().equals("unitName") ? "unit" : word.group(), 1, Integer::sum);
      }
    }
    return words;
  }

  /** Each part of a path is a word of the source. */
  private static void explain(String field, Map<String, Integer> words) {
    for (String part : field.split("\\.")) {
      words.merge(part, -1, Integer::sum);
    }
  }

  /** The fields that the rules use in other ways than in the checks: their every change counts. */
  private Set<String> whole(String fact, Map<String, Integer> unexplained) {
    boolean all = open || unexplained.containsKey("this");
    Set<String> whole = new HashSet<>();
    for (String field : FactFields.of(fact)) {
      boolean named = true;
      for (String part : field.split("\\.")) {
        named &= unexplained.getOrDefault(part, 0) > 0;
      }
      if (all || named) {
        whole.add(field);
      }
    }
    return whole;
  }

  /** What is worth collecting for these rules. */
  Asked asked() {
    return new Asked(asked);
  }

  /** Whether any rule could match it. */
  boolean letsThrough(Fact fact) {
    Screen screen = screens.get(fact.getClass().getSimpleName());
    return screen != null && (open || screen.letsThrough(fact));
  }

  /** Whether any rule could tell the two apart. */
  boolean differ(Fact before, Fact now) {
    Screen screen = screens.get(now.getClass().getSimpleName());
    return screen != null && screen.differ(before, now);
  }
}
