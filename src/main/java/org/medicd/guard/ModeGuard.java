package org.medicd.guard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Pause;
import org.medicd.plan.Verdict;

/**
 * Waits while medicd is paused. Rehearses in observe mode, asks in approve mode, and in act mode
 * before what the configuration names; the rule's own mode counts where it is lower.
 */
final class ModeGuard implements Guard {
  private final Duration approvalTimeout;
  private final List<String> askBefore;

  /**
   * @param approvalTimeout how long a rung waits for a person's answer
   * @param askBefore actions that wait for a person even in mode act
   */
  ModeGuard(Duration approvalTimeout, List<String> askBefore) {
    this.approvalTimeout = approvalTimeout;
    this.askBefore = List.copyOf(askBefore);
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
      case ACT -> isAskedBefore(intent.action()) ? ask(intent) : Optional.empty();
      case APPROVE -> ask(intent);
      default ->
          Optional.of(
              new Verdict.Rehearsed(
                  mode == situation.mode() ? "medicd observes" : "the rule only observes"));
    };
  }

  private boolean isAskedBefore(Action action) {
    return askBefore.contains(action.label()) || askBefore.contains(action.kind().word());
  }

  private Optional<Verdict> ask(Intent intent) {
    return intent.action().disrupts() && !intent.approved()
        ? Optional.of(new Verdict.AwaitingApproval(approvalTimeout))
        : Optional.empty();
  }
}
