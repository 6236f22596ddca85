package org.medicd.incident;

import org.medicd.fact.Unit;
import org.medicd.plan.Step;

/**
 * Tells after a crash of the daemon whether a restart took place: the intent writes down the
 * invocation of the unit before it, and every start gives the unit another.
 */
final class Invocations {
  private static final String INVOCATION = "invocation ";

  private Invocations() {}

  /** What is written down with the intent. */
  static String note(Unit unit) {
    return unit.name() + " was " + unit.activeState() + ", " + INVOCATION + unit.invocationId();
  }

  /** The unit still has the invocation that was written down: it was not started since. */
  static boolean isUnchanged(Step step, String invocation) {
    return step.detail() != null && step.detail().endsWith(INVOCATION + invocation);
  }
}
