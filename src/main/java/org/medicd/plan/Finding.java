package org.medicd.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A diagnosis as the rules hold it in this tick, with who concluded it and why.
 *
 * @param diagnosis what and about whom
 * @param rule name of the rule that concluded it
 * @param severity as the rule has it
 * @param mode the furthest that the rule allows
 * @param lasted how long it must last until it is found (the limits "for" and "window")
 * @param because the facts and values it stands on, in words
 * @param treatment what the rules prescribed; null: nothing
 */
public record Finding(
    Diagnosis diagnosis,
    String rule,
    Severity severity,
    Mode mode,
    Duration lasted,
    List<String> because,
    @Nullable Treatment treatment) {
  public Finding {
    because = List.copyOf(because);
  }
}
