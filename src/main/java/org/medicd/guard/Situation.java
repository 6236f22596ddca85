package org.medicd.guard;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Assessment;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;

/**
 * What the guards may look at when they judge an intent.
 *
 * @param seen this tick's facts
 * @param assessed what the rules hold
 * @param mode how far medicd may go now
 * @param orders what people told medicd
 * @param now monotonic time since the daemon started
 * @param earnest what is allowed is done; false: it is only asked what would be said
 */
public record Situation(
    Snapshot seen, Assessment assessed, Mode mode, Orders orders, Duration now, boolean earnest) {

  /** The processes that the intent would act on, as they are seen now. */
  List<Proc> targetsOf(Intent intent) {
    return intent.targets().stream().map(seen::find).filter(Objects::nonNull).toList();
  }
}
