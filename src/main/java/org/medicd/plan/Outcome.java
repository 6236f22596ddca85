package org.medicd.plan;

/** What became of an action that was allowed. */
public sealed interface Outcome {
  /** Carried out. Whether it cured is seen by looking again. */
  record Done(String detail) implements Outcome {}

  /** Whom it was meant for is no longer there. */
  record Vanished(String why) implements Outcome {}

  /** The kernel or systemd refused, or it ended badly. */
  record Failed(String why) implements Outcome {}

  /** It did not end before its deadline. */
  record TimedOut(String why) implements Outcome {}

  /** The daemon died between the intent and the outcome. */
  record InDoubt(String why) implements Outcome {}
}
