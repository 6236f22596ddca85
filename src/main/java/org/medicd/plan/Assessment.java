package org.medicd.plan;

import java.util.List;
import java.util.Set;

/**
 * What the rules hold to be true in one tick.
 *
 * @param findings every diagnosis that holds
 * @param symptoms every symptom that holds
 */
public record Assessment(List<Finding> findings, Set<Symptom> symptoms) {
  public Assessment {
    findings = List.copyOf(findings);
    symptoms = Set.copyOf(symptoms);
  }

  /** Whether a symptom of this name holds, about whomever. */
  public boolean holds(String symptom) {
    return symptoms.stream().anyMatch(each -> each.name().equals(symptom));
  }
}
