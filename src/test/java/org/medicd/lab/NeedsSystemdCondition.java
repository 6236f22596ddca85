package org.medicd.lab;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class NeedsSystemdCondition implements ExecutionCondition {
  /** The script's own words; it is asked once in a JVM. */
  private static final class Lacking {
    static final String REASON = ask();

    private static String ask() {
      List<String> check = List.of("bash", SystemdLab.SCRIPT.toString(), "--check");
      Result result = Program.run(Duration.ofSeconds(20), check);
      return result.status() == 0 ? "" : result.err().strip() + " (" + result.status() + ")";
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Machine.allows(Lacking.REASON);
  }
}
