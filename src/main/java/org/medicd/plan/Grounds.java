package org.medicd.plan;

import java.time.Instant;
import java.util.List;

/**
 * Why the rules hold a symptom to be true.
 *
 * @param rule name of the rule that concluded it
 * @param because the values it stood on when it began, in words
 * @param since when it began
 */
public record Grounds(String rule, List<String> because, Instant since) {
  public Grounds {
    because = List.copyOf(because);
  }
}
