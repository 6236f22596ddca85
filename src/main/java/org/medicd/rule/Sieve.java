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
      Pattern.compile("(?s)\"(?:\\\\.|[^\"\\\\\n])*\"|//[^\\n]*|/\\*.*?\\*/");

  /** What a pattern may name that is any fact. */
  private static final Set<String> ANY = Set.of("Fact", "Object", "Record");

  private final Map<String, Screen> screens = new HashMap<>();
  private final Map<String, Set<String>> asked = new HashMap<>();
  private final boolean open;

  Sieve(List<RuleText> rules, Limits limits) {
    open =
        rules.stream()
            .anyMatch(
                rule ->
                    !rule.selfContained()
                        || rule.patterns().stream().anyMatch(each -> ANY.contains(each.type())));
    Map<String, Integer> words = words(rules);
    for (String fact : FactFields.facts()) {
      List<List<Check>> patterns = new ArrayList<>();
      Map<String, Integer> explained = new HashMap<>();
      for (RuleText rule : rules) {
        for (RuleText.PatternText pattern : rule.patterns()) {
          if (pattern.type().equals(fact)) {
            List<Check> checks = checks(pattern, limits);
            patterns.add(checks);
            checks.forEach(check -> count(check.field(), explained));
          }
        }
      }
      if (!patterns.isEmpty() || open) {
        Set<String> used = used(fact, words);
        asked.put(fact, used);
        screens.put(fact, new Screen(fact, patterns, whole(fact, words, explained)));
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

  private static Map<String, Integer> words(List<RuleText> rules) {
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
  private static void count(String field, Map<String, Integer> counts) {
    for (String part : field.split("\\.")) {
      counts.merge(part, 1, Integer::sum);
    }
  }

  /** The fields whose names stand anywhere in the rules. */
  private Set<String> used(String fact, Map<String, Integer> words) {
    Set<String> used = new HashSet<>();
    for (String field : FactFields.of(fact)) {
      if (open || words.containsKey("this") || isNamed(field, words)) {
        used.add(field);
      }
    }
    return used;
  }

  private static boolean isNamed(String field, Map<String, Integer> words) {
    for (String part : field.split("\\.")) {
      if (!words.containsKey(part)) {
        return false;
      }
    }
    return true;
  }

  /** The fields that the rules use in other ways than in the checks: their every change counts. */
  private Set<String> whole(
      String fact, Map<String, Integer> words, Map<String, Integer> explained) {
    Set<String> whole = new HashSet<>();
    for (String field : used(fact, words)) {
      String last = field.substring(field.lastIndexOf('.') + 1);
      if (open
          || words.containsKey("this")
          || words.getOrDefault(last, 0) > explained.getOrDefault(last, 0)) {
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
