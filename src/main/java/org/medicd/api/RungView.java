package org.medicd.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Outcome;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/**
 * What became of one rung, as scripts get it.
 *
 * @param action its label, as term or signal:HUP
 * @param outcome null: not carried out, or not yet
 * @param at when the verdict was first given
 */
public record RungView(
    String action,
    VerdictView verdict,
    @Nullable OutcomeView outcome,
    Instant at,
    @Nullable String detail) {
  /**
   * The guards' answer.
   *
   * @param is allowed, refused, awaiting-approval or rehearsed
   * @param guard who refused; null otherwise
   * @param reason null where there is nothing to say
   */
  public record VerdictView(String is, @Nullable String guard, @Nullable String reason) {
    static VerdictView of(Verdict verdict) {
      if (verdict instanceof Verdict.Refused refused) {
        return new VerdictView("refused", refused.guard(), refused.why());
      }
      if (verdict instanceof Verdict.Rehearsed rehearsed) {
        return new VerdictView("rehearsed", null, rehearsed.why());
      }
      boolean allowed = verdict instanceof Verdict.Allowed;
      return new VerdictView(allowed ? "allowed" : "awaiting-approval", null, null);
    }
  }

  /**
   * What the action did.
   *
   * @param is done, vanished, failed, timed-out or in-doubt
   */
  public record OutcomeView(String is, @Nullable String reason) {
    static OutcomeView of(Outcome outcome) {
      if (outcome instanceof Outcome.Done done) {
        return new OutcomeView("done", done.detail().isEmpty() ? null : done.detail());
      } else if (outcome instanceof Outcome.Vanished vanished) {
        return new OutcomeView("vanished", vanished.why());
      } else if (outcome instanceof Outcome.Failed failed) {
        return new OutcomeView("failed", failed.why());
      } else if (outcome instanceof Outcome.TimedOut timedOut) {
        return new OutcomeView("timed-out", timedOut.why());
      } else if (outcome instanceof Outcome.InDoubt inDoubt) {
        return new OutcomeView("in-doubt", inDoubt.why());
      }
      throw new AssertionError("an outcome without a name: " + outcome);
    }
  }

  public static RungView of(Step step) {
    Outcome outcome = step.outcome();
    return new RungView(
        step.action().label(),
        VerdictView.of(step.verdict()),
        outcome == null ? null : OutcomeView.of(outcome),
        step.at(),
        step.detail());
  }
}
