package org.medicd.notify;

/**
 * Text from elsewhere, made harmless. Names of processes, units and files may hold anything: line
 * ends that would start a mail header, sequences that steer a terminal, characters that turn the
 * direction of writing.
 */
public final class Escaped {
  private Escaped() {}

  /** On one line, at most so many characters; what cannot be shown is written as \n or \\u{1b}. */
  public static String line(String text, int most) {
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      if (++count > most) {
        return shown.append('…').toString();
      }
      append(shown, codePoint);
    }
    return shown.toString();
  }

  /**
   * For a Slack message, where only three characters have a meaning. Mentions and links need a
   * &lt;. https://docs.slack.dev/messaging/formatting-message-text#escaping
   */
  public static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void append(StringBuilder shown, int codePoint) {
    switch (codePoint) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isPlain(codePoint)) {
          shown.appendCodePoint(codePoint);
        } else {
          shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
      }
    }
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
