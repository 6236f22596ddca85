package org.medicd.guard;

import java.time.Duration;
import java.util.Optional;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Pause;
import org.medicd.plan.Verdict;

/**
 * Waits while medicd is paused. Rehearses in observe mode, asks in approve mode; the rule's own
 * mode counts where it is lower.
 */
final class ModeGuard implements Guard {
  private final Duration approvalTimeout;

  /**
   * @param approvalTimeout how long a rung waits for a person's answer
   */
  ModeGuard(Duration approvalTimeout) {
    this.approvalTimeout = approvalTimeout;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    Pause pause = situation.orders().pause();
    if (pause != null) {
      String why = "medicd is " + pause.words() + " (medic resume goes on)";
      return Optional.of(new Verdict.Refused("mode", why, false));
    }
    Mode mode = situation.mode().atMost(intent.mode());
    return switch (mode) {
      case ACT -> Optional.empty();
      case APPROVE ->
          intent.action().disrupts() && !intent.approved()
              ? Optional.of(new Verdict.AwaitingApproval(approvalTimeout))
              : Optional.empty();
      default ->
          Optional.of(
              new Verdict.Rehearsed(
                  mode == situation.mode() ? "medicd observes" : "the rule only observes"));
    };
  }
}
