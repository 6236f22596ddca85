package org.medicd.act;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.medicd.act.chore.Chore;
import org.medicd.act.chore.ChoreHand;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Does for the host what takes root: drop-caches, reset-swap, vacuum, remount. */
public final class ChoreActuator implements Actuator {
  private final ChoreHand hand;

  public ChoreActuator(ChoreHand hand) {
    this.hand = hand;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DROP_CACHES, Kind.RESET_SWAP, Kind.VACUUM, Kind.REMOUNT);
  }

  @Override
  public Duration deadline() {
    return ChoreHand.DEADLINE.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) throws IOException, InterruptedException {
    Optional<Chore> chore = Chore.of(intent);
    Outcome outcome =
        chore.isPresent()
            ? hand.run(chore.get())
            : new Outcome.Failed(
                intent.action().label()
                    + " is for file systems, not for "
                    + intent.patient().subject());
    return new Report(intent.incident(), intent.rung(), outcome, null);
  }
}
