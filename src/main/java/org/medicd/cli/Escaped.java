package org.medicd.cli;

/**
 * Names as a terminal may show them. Processes choose their names, and control characters, marks
 * that turn the direction of text and broken characters would let one rewrite what an admin reads.
 */
public final class Escaped {
  private Escaped() {}

  /** Each such character becomes \xNN, above 255 \x{NNNN}; everything else stays. */
  public static String of(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(c < 256 ? "\\x%02x".formatted(c) : "\\x{%04x}".formatted(c));
              }
            });
    return escaped.toString();
  }

  /**
   * JSON stays the same JSON; Gson leaves DEL, the C1 controls and the direction marks as they are.
   */
  static String json(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              if (isPlain(c) || c > 0xffff || c == '\n') {
                escaped.appendCodePoint(c);
              } else {
                escaped.append("\\u%04x".formatted(c));
              }
            });
    return escaped.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> c != 0xfffd;
    };
  }
}
