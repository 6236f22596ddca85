package org.medicd.linux.proc;

/**
 * Reads a file of /proc word by word and line by line, without making a string of each. Blanks are
 * spaces and tabs; a line ends at a line break or at the end of the file.
 */
final class TextScanner {
  private static final int SHOWN = 60;

  private final String file;
  private final String content;
  private int at;

  TextScanner(String file, String content) {
    this.file = file;
    this.content = content;
  }

  /** Whether there is another line; where there is not, nothing more is. */
  boolean hasLine() {
    return at < content.length();
  }

  /** Whether another word is in this line. */
  boolean hasWord() {
    blanks();
    return at < content.length() && content.charAt(at) != '\n';
  }

  /** Steps behind the end of this line. */
  void nextLine() {
    int end = content.indexOf('\n', at);
    at = end < 0 ? content.length() : end + 1;
  }

  /** Steps over this text, if it is what comes next. */
  boolean take(String expected) {
    boolean there = isNext(expected);
    at += there ? expected.length() : 0;
    return there;
  }

  boolean isNext(String expected) {
    return at < content.length()
        && content.charAt(at) == expected.charAt(0)
        && content.startsWith(expected, at);
  }

  /** The text up to the last such letter in this line, and steps behind it. */
  String upToLast(char letter) throws MalformedKernelFile {
    int end = content.indexOf('\n', at);
    int last = content.lastIndexOf(letter, end < 0 ? content.length() : end);
    if (last < at) {
      throw malformed("no '" + letter + "'");
    }
    String text = content.substring(at, last);
    at = last + 1;
    return text;
  }

  String word() throws MalformedKernelFile {
    int start = wordStart();
    skipWord();
    return content.substring(start, at);
  }

  void skip(int words) throws MalformedKernelFile {
    for (int i = 0; i < words; i++) {
      wordStart();
      skipWord();
    }
  }

  private void skipWord() {
    while (at < content.length() && content.charAt(at) > ' ') {
      at++;
    }
  }

  /** A number without a sign; a word that is longer is none. */
  long number() throws MalformedKernelFile {
    int start = wordStart();
    long value = 0;
    while (at < content.length() && content.charAt(at) >= '0' && content.charAt(at) <= '9') {
      value = value * 10 + (content.charAt(at++) - '0');
      if (value < 0 || at - start > 19) {
        throw malformed("a number is out of range");
      }
    }
    if (at == start || at < content.length() && content.charAt(at) > ' ') {
      throw malformed("no number");
    }
    return value;
  }

  /**
   * A counter of 64 bits: beyond 2^63 it goes on as a negative number, so that differences hold.
   */
  long counter() throws MalformedKernelFile {
    int start = wordStart();
    long value = 0;
    while (at < content.length() && content.charAt(at) >= '0' && content.charAt(at) <= '9') {
      value = value * 10 + (content.charAt(at++) - '0');
    }
    if (at == start || at - start > 20 || at < content.length() && content.charAt(at) > ' ') {
      throw malformed("no number");
    }
    return value;
  }

  /** A figure in kB, as bytes. */
  long kibibytes() throws MalformedKernelFile {
    long number = number();
    if (number > Long.MAX_VALUE / 1024) {
      throw malformed("a number is out of range");
    }
    return number * 1024;
  }

  /** As 0.33, with at most nine digits on either side of the point. */
  double decimal() throws MalformedKernelFile {
    int start = wordStart();
    long whole = 0;
    long scale = 0;
    while (at < content.length() && content.charAt(at) > ' ') {
      char letter = content.charAt(at++);
      boolean digit = letter >= '0' && letter <= '9';
      if (digit) {
        whole = whole * 10 + (letter - '0');
        scale *= 10;
      } else if (letter == '.' && scale == 0) {
        scale = 1;
      }
      if (!digit && letter != '.' || at - start > 18) {
        throw malformed("no number");
      }
    }
    return scale == 0 ? whole : (double) whole / scale;
  }

  /** Steps over blanks to a word of this line, which must be there. */
  private int wordStart() throws MalformedKernelFile {
    if (!hasWord()) {
      throw malformed("a word is missing");
    }
    return at;
  }

  private void blanks() {
    while (at < content.length() && (content.charAt(at) == ' ' || content.charAt(at) == '\t')) {
      at++;
    }
  }

  MalformedKernelFile malformed(String reason) {
    int start = content.lastIndexOf('\n', Math.max(0, Math.min(at, content.length()) - 1)) + 1;
    int end = content.indexOf('\n', start);
    String line = content.substring(start, end < 0 ? content.length() : end);
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    return new MalformedKernelFile(file, reason + " in \"" + shown + "\"");
  }
}
