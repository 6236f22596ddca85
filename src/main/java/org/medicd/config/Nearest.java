package org.medicd.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word that a mistyped one was probably meant to be. */
public final class Nearest {
  private static final int LONGEST_WORD = 64;

  private Nearest() {}

  /** The nearest of the known words; null if none is near enough to be meant. */
  public static @Nullable String to(String word, Collection<String> known) {
    return within(Math.max(1, Math.min(4, word.length() / 2)), word, known);
  }

  /** The nearest of the known words, however far; null if none is known. */
  static @Nullable String closest(String word, Collection<String> known) {
    return within(Integer.MAX_VALUE - 1, word, known);
  }

  /** As {@link #to}, but only for what looks like a slip of the finger, not like another word. */
  static @Nullable String slip(String word, Collection<String> known) {
    return within(word.length() <= 4 ? 1 : 2, word, known);
  }

  private static @Nullable String within(int most, String word, Collection<String> known) {
    String nearest = null;
    int least = most + 1;
    for (String candidate : known) {
      int distance = word.length() > LONGEST_WORD ? least : distance(word, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /**
   * Edit distance after Damerau: insertions, deletions, replacements and swaps of neighbours. Case
   * does not count, and neither does the choice of '-', '_' or ' '.
   */
  static int distance(String left, String right) {
    String a = folded(left);
    String b = folded(right);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }
}
