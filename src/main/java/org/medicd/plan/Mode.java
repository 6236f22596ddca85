package org.medicd.plan;

/** How far medicd may go, least first. */
public enum Mode {
  /** Only count what a rule would have done. */
  SHADOW,
  /** Open incidents and tell people; rehearse the rungs. */
  OBSERVE,
  /** Ask a person before every disruptive rung. */
  APPROVE,
  /** Act. */
  ACT;

  /** The more careful of the two. */
  public Mode atMost(Mode other) {
    return ordinal() < other.ordinal() ? this : other;
  }
}
