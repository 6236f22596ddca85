package org.medicd.notify;

import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Outcome;
import org.medicd.plan.Verdict;

/** How an incident stands for people, what concerns them most first. */
public enum Standing {
  /** A rung waits for their answer. */
  ASKED("waits for your answer"),
  /** The ladder came to the rung that calls a person. */
  PAGED("needs a person"),
  /** No rung is left. */
  EXHAUSTED("exhausted, nothing helped"),
  /** medicd does something about it. */
  TREATED("being treated"),
  /** Nothing was done about it. */
  OPEN("open"),
  /** Its subject ended, or somebody withdrew it. */
  OVER("over"),
  /** The condition ended. */
  CURED("recovered");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  public static Standing of(Incident incident) {
    if (incident.state().isClosed()) {
      return incident.state() == IncidentState.RECOVERED ? CURED : OVER;
    } else if (askedStep(incident) >= 0) {
      return ASKED;
    } else if (incident.state() == IncidentState.EXHAUSTED) {
      return EXHAUSTED;
    } else if (isPaged(incident)) {
      return PAGED;
    }
    return incident.treated().isPresent() ? TREATED : OPEN;
  }

  /** Its ladder has come to the rung that calls a person. */
  public static boolean isPaged(Incident incident) {
    return incident.steps().stream()
        .anyMatch(
            step ->
                step.action().kind() == Action.Kind.PAGE && step.outcome() instanceof Outcome.Done);
  }

  /** Index of the step that waits for a person; -1: none does. */
  public static int askedStep(Incident incident) {
    int last = incident.steps().size() - 1;
    boolean asked =
        last >= 0
            && !incident.state().isClosed()
            && incident.steps().get(last).verdict() instanceof Verdict.AwaitingApproval;
    return asked ? last : -1;
  }
}
