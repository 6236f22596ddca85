package org.medicd.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * An expectation that was not met.
 *
 * @param line where it is written
 * @param expected as it was written
 * @param happened instead
 * @param why which conditions kept it from happening
 */
public record Failure(int line, String expected, String happened, List<String> why) {
  public Failure {
    why = List.copyOf(why);
  }

  /** As it is printed, a line each. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add("expected  " + expected);
    words.add("happened  " + happened);
    why.forEach(each -> words.add("because   " + each));
    return words;
  }
}
