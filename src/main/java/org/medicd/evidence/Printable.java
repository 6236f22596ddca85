package org.medicd.evidence;

/** Makes what a hostile process may have named harmless for terminals. */
public final class Printable {
  private Printable() {}

  /** Escapes all that is not printed, except the line's end and the tabulator. */
  public static String lines(String text) {
    return escape(text, true);
  }

  /** Escapes the line's end too, so that a name cannot pretend to be a line of its own. */
  public static String line(String text) {
    return escape(text, false);
  }

  private static String escape(String text, boolean keepLines) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (harmless(c) || (keepLines && c == '\n') || c == '\t') {
                out.appendCodePoint(c);
              } else {
                out.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
              }
            });
    return out.toString();
  }

  private static boolean harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // among them those that turn the direction of writing
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
