package org.medicd.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.medicd.config.Problem;

/**
 * Reads the rules of one file. A rule that cannot be parsed is reported and blanked, so that the
 * others of its file are still looked at.
 */
final class RuleParser {
  /**
   * What could be read.
   *
   * @param source without what could not be parsed
   * @param rules in the order of the file
   * @param imports of classes, by their full names
   */
  record ParsedFile(RuleSource source, List<RuleText> rules, List<String> imports) {}

  private static final int MOST_ATTEMPTS = 50;
  private static final Pattern RULE_START =
      Pattern.compile("(?m)(?:^|;)[ \\t]*(rule|query|function|declare)\\b");
  private static final Pattern IN_RULE = Pattern.compile("in rule \"(.*)\"");

  private RuleParser() {}

  static ParsedFile parse(RuleSource source, List<Problem> problems) {
    RuleSource rest = source;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      DrlParser parser = new DrlParser();
      PackageDescr descr;
      try {
        descr = parser.parse(false, rest.text());
      } catch (DroolsParserException e) {
        problems.add(
            new Problem(source.path().toString(), 0, String.valueOf(e.getMessage()), null));
        break;
      }
      if (!parser.hasErrors()) {
        RuleSource read = rest;
        boolean selfContained = isSelfContained(descr);
        return new ParsedFile(
            read,
            descr.getRules().stream()
                .map(rule -> RuleText.of(read.path(), read.text(), rule, selfContained))
                .toList(),
            descr.getImports().stream().map(each -> each.getTarget()).toList());
      }
      DroolsError error = parser.getErrors().get(0);
      int line = error.getLines().length == 0 ? 0 : Math.max(0, error.getLines()[0]);
      String message = String.valueOf(error.getMessage());
      String broken = brokenPart(rest.text(), line, message);
      int begins = lineAt(rest.text(), rest.text().indexOf(broken));
      boolean goesOn =
          line > begins + (int) broken.lines().count() && IN_RULE.matcher(message).find();
      problems.add(
          goesOn
              ? new Problem(
                  source.path().toString(),
                  begins,
                  broken.lines().findFirst().orElse("") + ": its 'end' is missing",
                  null)
              : CompilerMessage.ofParser(source, line, message));
      if (broken.isBlank()) {
        break;
      }
      rest = rest.without(List.of(broken));
    }
    return new ParsedFile(new RuleSource(source.path(), source.folder(), ""), List.of(), List.of());
  }

  private static boolean isSelfContained(PackageDescr descr) {
    return descr.getFunctions().isEmpty()
        && descr.getTypeDeclarations().isEmpty()
        && descr.getFunctionImports().isEmpty()
        && descr.getImports().stream()
            .map(each -> each.getTarget())
            .allMatch(name -> name.startsWith("java.") || name.startsWith("org.medicd."));
  }

  private static int lineAt(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  /** From the head of the rule that the message is about to that of the next. */
  private static String brokenPart(String text, int line, String message) {
    Matcher named = IN_RULE.matcher(message);
    String name = named.find() ? named.group(1) : null;
    Matcher start = RULE_START.matcher(text);
    List<Integer> starts = new ArrayList<>();
    while (start.find()) {
      starts.add(start.start(1));
    }
    starts.add(text.length());
    String found = "";
    for (int i = 0; i + 1 < starts.size(); i++) {
      String part = text.substring(starts.get(i), starts.get(i + 1));
      String head = part.lines().findFirst().orElse("");
      if (name != null && head.contains(name)) {
        return part;
      }
      found = lineAt(text, starts.get(i)) <= line ? part : found;
    }
    return name == null ? found : "";
  }
}
