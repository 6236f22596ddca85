package org.medicd.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;

/**
 * An action that a ladder wants now; a wish without authority.
 *
 * @param incident id of the incident
 * @param diagnosis its name
 * @param rule the rule that concluded it
 * @param mode the furthest that the rule allows
 * @param rung place on the ladder, from 0
 * @param action what
 * @param patient about whom
 * @param targets processes it acts on; more than one in a group
 * @param gate symptom of the host, or of the subject, that must hold; null: none
 * @param first no disruptive rung of this incident was carried out before: it is counted as a
 *     treatment
 * @param mends undoes harm that an earlier rung did (a unit left inactive): gates do not hold it
 *     back
 * @param leased medicd holds its targets stopped or frozen; they go on after this
 * @param approved a person said yes to this rung
 */
public record Intent(
    String incident,
    String diagnosis,
    String rule,
    Mode mode,
    int rung,
    Action action,
    Patient patient,
    List<ProcessId> targets,
    @Nullable String gate,
    boolean first,
    boolean mends,
    boolean leased,
    boolean approved) {
  public Intent {
    targets = List.copyOf(targets);
  }

  /** The same with other targets. */
  public Intent to(List<ProcessId> others) {
    return new Intent(
        incident, diagnosis, rule, mode, rung, action, patient, others, gate, first, mends, leased,
        approved);
  }

  /** All whom it is about. */
  public Set<Subject> subjects() {
    Set<Subject> subjects = new HashSet<>(targets);
    subjects.add(patient.subject());
    return subjects;
  }
}
