package org.medicd.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name in which * stands for any characters but a slash, ** for any at all, and ? for one but a
 * slash. All else stands for itself, so that no text is a broken pattern.
 *
 * @param text as it was written
 * @param compiled the same as a regular expression
 */
public record NamePattern(String text, Pattern compiled) {
  private static final Pattern WILDCARD = Pattern.compile("\\*\\*+|\\*|\\?");

  public static NamePattern of(String text) {
    StringBuilder regex = new StringBuilder();
    Matcher wildcard = WILDCARD.matcher(text);
    int from = 0;
    while (wildcard.find()) {
      regex.append(Pattern.quote(text.substring(from, wildcard.start())));
      regex.append(
          switch (wildcard.group()) {
            case "?" -> "[^/]";
            case "*" -> "[^/]*";
            default -> ".*";
          });
      from = wildcard.end();
    }
    regex.append(Pattern.quote(text.substring(from)));
    return new NamePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  public boolean matches(String name) {
    return compiled.matcher(name).matches();
  }

  /** Whether it is about a path, not about the name of a file alone. */
  public boolean isOfPath() {
    return text.contains("/");
  }
}
