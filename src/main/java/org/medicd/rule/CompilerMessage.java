package org.medicd.rule;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Nearest;
import org.medicd.config.Problem;

/** Says what the rule compiler complains about in words that the author of a rule can act on. */
final class CompilerMessage {
  /**
   * One kind of complaint.
   *
   * @param pattern of the compiler's words
   * @param words what to say in their place
   * @param nearest what was probably meant
   */
  private record Phrase(
      Pattern pattern,
      Function<MatchResult, String> words,
      Function<MatchResult, @Nullable String> nearest) {
    static Phrase of(String pattern, String words) {
      Pattern compiled = Pattern.compile("\\A(?:" + pattern + ")\\z");
      return new Phrase(
          compiled, match -> compiled.matcher(match.group()).replaceAll(words), match -> null);
    }

    Phrase meaning(Function<MatchResult, @Nullable String> other) {
      return new Phrase(pattern, words, other);
    }
  }

  private static final List<Phrase> PHRASES =
      List.of(
          Phrase.of("Unable to find class: (\\S+)", "there is no fact '$1'")
              .meaning(match -> Nearest.to(match.group(1), FactFields.facts())),
          Phrase.of("(\\S+) cannot be resolved to a type", "there is no class '$1': import it"),
          Phrase.of(
              "(\\$\\w+) cannot be resolved.*", "'$1' is not bound: write '$1 :' in a condition"),
          Phrase.of("(\\S+) cannot be resolved.*", "nothing is named '$1' here"),
          Phrase.of(
                  "The method (\\w+)\\(.*\\) is undefined for the type (Prescription|Medic)",
                  "no treatment knows '$1'")
              .meaning(match -> Nearest.to(match.group(1), methods())),
          Phrase.of(
              "The method (\\w+)\\(.*\\) is undefined for the type Lambda\\w+",
              "there is no function '$1'"),
          Phrase.of(
              "The method (\\w+)\\((.*)\\) is undefined for the type (\\w+)", "$3 has no '$1($2)'"),
          Phrase.of(
              "The method (\\w+\\(.*\\)) in the type \\w+ is not applicable for the arguments"
                  + " \\((.*)\\)",
              "'$1' cannot take ($2)"),
          Phrase.of("The constructor (\\w+)\\((.*)\\) is undefined", "'new $1' does not take ($2)"),
          Phrase.of("The method alphaIndexedBy.*", "a comparison of two values of different kinds"),
          Phrase.of(
              "Method (\\w+) on class [\\w.]*\\.(\\w+) with arguments .* is missing",
              "$2 has no method '$1'"),
          Phrase.of("Unable to Analyse Expression (.*?):?\\s*", "cannot make sense of '$1'"),
          Phrase.of(
              "Unable to parse consequence caused by: \\(.*?\\) *Parse error. Found *\"?(.*?)\"?"
                  + "(?: <\\w+>)?, expected.*",
              "what follows 'then' is no Java before '$1': is a ; or a parenthesis missing?"),
          Phrase.of("Unable to parse consequence.*", "what follows 'then' is no Java"));
  private static final List<String> KEYWORDS =
      List.of("rule", "when", "then", "end", "salience", "timer", "import", "package", "query");
  private static final Pattern NAME = Pattern.compile("'([^']+?)(?:\\(.*?\\)| :)?'");
  private static final Pattern UNEXPECTED =
      Pattern.compile("\\[ERR \\d+] Line \\d+:\\d+ (.*)", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("input '(.*?)'", Pattern.DOTALL);
  private static final Pattern IN_RULE = Pattern.compile("in rule (\".*\")");

  private CompilerMessage() {}

  private static List<String> methods() {
    return Stream.of(Prescription.class, Medic.class)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .map(java.lang.reflect.Method::getName)
        .toList();
  }

  /** About one rule; on the line that holds what the message names. */
  static Problem ofRule(String message, RuleText rule) {
    String first = firstLine(message);
    String words = first;
    String nearest = null;
    for (Phrase phrase : PHRASES) {
      Matcher matcher = phrase.pattern().matcher(first);
      if (matcher.matches()) {
        words = phrase.words().apply(matcher.toMatchResult());
        nearest = phrase.nearest().apply(matcher.toMatchResult());
        break;
      }
    }
    Matcher named = NAME.matcher(words);
    int line = named.find() ? rule.lineOf(named.group(1)) : rule.line();
    return new Problem(
        rule.file().toString(), line, "rule \"" + rule.name() + "\": " + plain(words), nearest);
  }

  /** About what stands outside of rules: imports, functions, declarations. */
  static List<Problem> ofFiles(List<String> messages, List<RuleSource> sources) {
    return messages.stream()
        .map(CompilerMessage::firstLine)
        .distinct()
        .map(
            words -> {
              for (RuleSource source : sources) {
                int line = lineOfNamed(words, source);
                if (line > 0) {
                  return new Problem(source.path().toString(), line, plain(words), null);
                }
              }
              String files = String.join(", ", sources.stream().map(s -> "" + s.path()).toList());
              return new Problem(files, 0, plain(words), null);
            })
        .toList();
  }

  /** The first line of the file that holds a dotted or capital name of the message. */
  private static int lineOfNamed(String words, RuleSource source) {
    List<String> lines = source.text().lines().toList();
    for (String word : words.split("[\\s'\",;:()]+")) {
      for (int i = 0; word.length() > 3 && word.contains(".") && i < lines.size(); i++) {
        if (lines.get(i).contains(word)) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  /** What the parser says, without its codes and columns. */
  static Problem ofParser(RuleSource source, int line, String message) {
    Matcher input = INPUT.matcher(message);
    String nearest = input.find() ? Nearest.to(input.group(1), KEYWORDS) : null;
    boolean slip = nearest != null && !nearest.equals(input.group(1));
    return new Problem(source.path().toString(), line, parserWords(message), slip ? nearest : null);
  }

  private static String parserWords(String message) {
    Matcher unexpected = UNEXPECTED.matcher(message.strip());
    String said = unexpected.matches() ? unexpected.group(1) : firstLine(message);
    Matcher rule = IN_RULE.matcher(said);
    String where = rule.find() ? "rule " + rule.group(1) + ": " : "";
    Matcher input = INPUT.matcher(said);
    if (!input.find()) {
      return where + said;
    }
    return input.group(1).equals("<eof>")
        ? where + "the file ends before the rule does: is 'end' missing?"
        : where.isEmpty()
            ? "'" + input.group(1) + "' is not expected here: a rule, query, function, import?"
            : where
                + "'"
                + input.group(1)
                + "' is not expected here: look at what stands before it";
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("").strip();
  }

  private static String plain(String words) {
    return words.replaceAll("\\b(?:org\\.medicd\\.\\w+|java\\.lang)\\.(?=[A-Z])", "");
  }
}
