package org.medicd.act;

import java.time.Duration;
import java.util.Set;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Report;

/** Carries out one kind of action. Runs beside the tick; may block up to its deadline. */
public interface Actuator {
  /** What it can carry out. */
  Set<Action.Kind> kinds();

  /** After so long nobody waits for it any more. */
  Duration deadline();

  /** Does it and says what came of it. An exception is a failed outcome. */
  Report act(Intent intent) throws Exception;
}
