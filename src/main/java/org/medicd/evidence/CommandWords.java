package org.medicd.evidence;

import java.util.ArrayList;
import java.util.List;

/** Cuts a command line into words at blanks that are not within quotes. Keeps the quotes. */
final class CommandWords {
  private CommandWords() {}

  static List<String> of(String commandLine) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < commandLine.length(); i++) {
      char c = commandLine.charAt(i);
      if (Character.isWhitespace(c)) {
        if (start >= 0) {
          words.add(commandLine.substring(start, i));
        }
        start = -1;
        continue;
      }
      start = start < 0 ? i : start;
      if (c == '"' || c == '\'') {
        int close = commandLine.indexOf(c, i + 1);
        i = close < 0 ? i : close; // one that is never closed is an apostrophe
      }
    }
    if (start >= 0) {
      words.add(commandLine.substring(start));
    }
    return words;
  }

  /** The word without a pair of quotes around it. */
  static String unquoted(String word) {
    int last = word.length() - 1;
    boolean quoted =
        last > 0
            && word.charAt(0) == word.charAt(last)
            && (word.charAt(0) == '"' || word.charAt(0) == '\'');
    return quoted ? word.substring(1, last) : word;
  }
}
