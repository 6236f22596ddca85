package org.medicd.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Treatment;

/**
 * What treatment rules speak to. It only writes down: the first prescription for a diagnosis wins,
 * so a rule of higher salience overrides the shipped one.
 */
public final class Medic {
  private record Written(String rule, Prescription prescription) {}

  private final Map<Diagnosis, Written> written = new HashMap<>();
  private String rule = "";

  Medic() {}

  /** The prescription to write on. A later one for the same diagnosis is thrown away. */
  public Prescription treat(Diagnosis diagnosis) {
    Prescription prescription = new Prescription();
    written.putIfAbsent(diagnosis, new Written(rule, prescription));
    return prescription;
  }

  void speaks(String ruleName) {
    rule = ruleName;
  }

  void forget(Diagnosis diagnosis) {
    written.remove(diagnosis);
  }

  @Nullable Treatment treatmentOf(Diagnosis diagnosis) {
    Written found = written.get(diagnosis);
    return found == null ? null : found.prescription().treatment(found.rule());
  }
}
