package org.medicd.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medicd.fact.HostId;
import org.medicd.fact.Subject;

/**
 * What the rules hold to be true in one tick.
 *
 * @param findings every diagnosis that holds
 * @param grounds every symptom that holds, and why
 * @param anew the rules forgot what they knew (a reload, a rule that failed): what lasts must last
 *     again before it is found, and what is not found is not gone by that
 */
public record Assessment(List<Finding> findings, Map<Symptom, Grounds> grounds, boolean anew) {
  public Assessment {
    findings = List.copyOf(findings);
    grounds = Map.copyOf(grounds);
  }

  /** Every symptom that holds. */
  public Set<Symptom> symptoms() {
    return grounds.keySet();
  }

  /** Whether a symptom of this name holds, about whomever. */
  public boolean holds(String symptom) {
    return symptoms().stream().anyMatch(each -> each.name().equals(symptom));
  }

  /** Whether a symptom of this name holds about the host, or about one of these. */
  public boolean holds(String symptom, Collection<? extends Subject> subjects) {
    return symptoms().stream()
        .filter(each -> each.name().equals(symptom))
        .map(Symptom::subject)
        .anyMatch(subject -> subject instanceof HostId || subjects.contains(subject));
  }
}
