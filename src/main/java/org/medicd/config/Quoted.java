package org.medicd.config;

/** Text of a file of people's as it is shown in a message: quoted, short, on one line. */
public final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  public static String of(String text) {
    String shown = bare(text);
    return "'" + shown + "'";
  }

  /** The same without the quotes. */
  static String bare(String text) {
    StringBuilder shown = new StringBuilder(clean(text, LONGEST));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      shown.append('…');
    }
    return shown.toString();
  }

  /** The same at any length. */
  static String clean(String text) {
    return clean(text, Integer.MAX_VALUE);
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
