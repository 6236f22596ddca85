package org.medicd.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class NeedsInitialNamespacesCondition implements ExecutionCondition {
  /** The numbers of linux/nsfs.h. */
  private static final String INITIAL_PID = "pid:[4026531836]";

  private static final String INITIAL_NETWORK = "net:[4026531833]";
  private static final String INITIAL_USER = "user:[4026531837]";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Machine.allows(isInitial() ? "" : "this is not root in the initial namespaces");
  }

  private static boolean isInitial() {
    try {
      return link("self/ns/pid").equals(INITIAL_PID)
          && link("self/ns/user").equals(INITIAL_USER)
          && isInitialNetwork(link("self/ns/net"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Has a number of its own since 6.18; before, process 1 must be asked, which may be denied. */
  private static boolean isInitialNetwork(String own) throws IOException {
    return own.equals(INITIAL_NETWORK) || own.equals(link("1/ns/net"));
  }

  private static String link(String file) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", file)).toString();
  }
}
