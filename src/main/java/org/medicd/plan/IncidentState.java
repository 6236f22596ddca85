package org.medicd.plan;

/** Where an incident stands. */
public enum IncidentState {
  /** Seen; nothing done yet. */
  OPEN,
  /** On its ladder. */
  TREATING,
  /** No rung left, the condition still holds. */
  EXHAUSTED,
  /** The condition ended, by whomever. */
  RECOVERED,
  /** The subject ended without medicd. */
  VANISHED,
  /** Ended by a person, a reload or a reboot. */
  WITHDRAWN;

  public boolean isClosed() {
    return this == RECOVERED || this == VANISHED || this == WITHDRAWN;
  }
}
