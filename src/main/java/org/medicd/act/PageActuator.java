package org.medicd.act;

import java.time.Duration;
import java.util.Set;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/**
 * Marks the moment at which people are called; the step that it leaves is what they are told of.
 */
public final class PageActuator implements Actuator {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PAGE);
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Report act(Intent intent) {
    Outcome outcome = new Outcome.Done("handed to the channels");
    return new Report(intent.incident(), intent.rung(), outcome, null);
  }
}
