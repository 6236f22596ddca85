package org.medicd.plan;

import org.medicd.fact.Subject;

/**
 * What came of an action in one tick, told without the incident's id: so that it can be found again
 * where the same is decided once more.
 *
 * @param diagnosis of the incident
 * @param subject whom it is about
 * @param action its label
 * @param outcome how it ended
 */
public record Deed(String diagnosis, Subject subject, String action, Outcome outcome) {

  /** Whether it is what this intent asked for. */
  public boolean answers(Intent intent) {
    return diagnosis.equals(intent.diagnosis())
        && subject.equals(intent.patient().subject())
        && action.equals(intent.action().label());
  }
}
