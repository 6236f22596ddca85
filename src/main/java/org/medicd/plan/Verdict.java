package org.medicd.plan;

/** The guards' answer to an intent. */
public sealed interface Verdict {
  /** Go ahead. */
  record Allowed() implements Verdict {}

  /**
   * Not now, or never.
   *
   * @param guard who said so
   * @param why in words, with the figure it stands on
   * @param forGood true: asking again is in vain, the ladder goes on to its next rung
   */
  record Refused(String guard, String why, boolean forGood) implements Verdict {}

  /** A person must say yes first. */
  record AwaitingApproval() implements Verdict {}

  /** Would have been allowed; the ladder goes on as if it had been done. */
  record Rehearsed(String why) implements Verdict {}
}
