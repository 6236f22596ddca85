package org.medicd.plan;

import java.util.List;

/**
 * The ladder for a diagnosis.
 *
 * @param rule name of the rule that prescribed it
 * @param rungs in order
 */
public record Treatment(String rule, List<Rung> rungs) {
  public Treatment {
    rungs = List.copyOf(rungs);
  }
}
