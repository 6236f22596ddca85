package org.medicd.lab;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Adds the lab's journal to the report of a test that fails. */
public record JournalOfFailure(Supplier<SystemdLab> lab) implements AfterTestExecutionCallback {
  @Override
  public void afterTestExecution(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(e -> e.addSuppressed(new AssertionError("journal:\n" + lab.get().journal())));
  }
}
