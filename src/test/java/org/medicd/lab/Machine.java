package org.medicd.lab;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** What becomes of a test that this machine cannot run. */
final class Machine {
  private Machine() {}

  /**
   * @param lacking what the machine lacks; empty where it lacks nothing
   */
  static ConditionEvaluationResult allows(String lacking) {
    return allows(lacking, Boolean.getBoolean("medicd.skips.fail"));
  }

  static ConditionEvaluationResult allows(String lacking, boolean skipsFail) {
    if (lacking.isEmpty()) {
      return ConditionEvaluationResult.enabled("the machine has what the test needs");
    }
    if (skipsFail) {
      throw new AssertionError("medicd.skips.fail is set, and " + lacking);
    }
    return ConditionEvaluationResult.disabled(lacking);
  }
}
