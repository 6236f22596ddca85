package org.medicd.config;

import java.util.regex.Pattern;

/**
 * Text of a file of people's as it is shown in a message: quoted, short, on one line, and of a web
 * address no more than its host, as the rest may be a secret.
 */
public final class Quoted {
  private static final int LONGEST = 80;
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#\\s]*@)?([^/?#\\s]*)[/?#]\\S+");

  private Quoted() {}

  public static String of(String text) {
    String shown = bare(text);
    return "'" + shown + "'";
  }

  /** The same without the quotes. */
  static String bare(String whole) {
    String text = ADDRESS.matcher(whole).replaceAll("$1$2/…");
    StringBuilder shown = new StringBuilder(clean(text, LONGEST));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      shown.append('…');
    }
    return shown.toString();
  }

  /** The same at any length. */
  static String clean(String text) {
    return clean(ADDRESS.matcher(text).replaceAll("$1$2/…"), Integer.MAX_VALUE);
  }

  private static String clean(String text, int most) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(most).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
    return shown.toString();
  }

  /** No control or format character, no line end, no half of a surrogate pair. */
  static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
