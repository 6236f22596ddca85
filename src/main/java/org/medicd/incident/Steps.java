package org.medicd.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Outcome;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/** What became of the rungs of one incident so far; the last one may still wait or be under way. */
final class Steps {
  private final List<Step> steps = new ArrayList<>();

  Steps(List<Step> kept) {
    steps.addAll(kept);
  }

  List<Step> list() {
    return List.copyOf(steps);
  }

  private @Nullable Step last() {
    return steps.isEmpty() ? null : steps.get(steps.size() - 1);
  }

  /** The step that was allowed and has no outcome yet; null: none. */
  @Nullable Step underWay() {
    Step last = last();
    return last != null && last.isUnderWay() ? last : null;
  }

  /** The step for which the guards, or a person, are asked again; null: none. */
  @Nullable Step waiting() {
    Step last = last();
    boolean waits =
        last != null
            && (last.verdict() instanceof Verdict.AwaitingApproval
                || (last.verdict() instanceof Verdict.Refused refused && !refused.forGood()));
    return waits ? last : null;
  }

  boolean waitsForPerson() {
    Step waiting = waiting();
    return waiting != null && waiting.verdict() instanceof Verdict.AwaitingApproval;
  }

  /** Enters a verdict; false where the same was said before and only its figures differ. */
  boolean enter(Action action, Verdict verdict, @Nullable String detail, Instant at) {
    Step before = waiting();
    if (before == null) {
      steps.add(new Step(action, verdict, null, at, detail));
      return true;
    }
    boolean news = !before.verdict().isSameAs(verdict);
    if (news) {
      replaceLast(new Step(action, verdict, null, before.at(), detail));
    }
    return news;
  }

  /** Enters the outcome of the step that is under way. */
  void end(Step underWay, Outcome outcome) {
    replaceLast(
        new Step(underWay.action(), underWay.verdict(), outcome, underWay.at(), underWay.detail()));
  }

  /** The last rung was done, or rehearsed, and what it did outlives the daemon. */
  boolean mayStillWork() {
    Step last = last();
    return last != null
        && !last.action().kind().has(Trait.MASKS)
        && (last.mayHaveActed() || last.verdict() instanceof Verdict.Rehearsed);
  }

  /** The last rung was done and is due again, as long as the condition holds. */
  boolean endElastic() {
    Step last = last();
    return last != null && last.action().kind().has(Trait.ELASTIC) && last.mayHaveActed();
  }

  /** Takes the step that is under way back: it did nothing that matters. */
  void takeBack() {
    steps.remove(steps.size() - 1);
  }

  /**
   * Takes back all from the first rehearsed step on; returns how many rungs are due again by that.
   */
  int takeBackRehearsals() {
    int first = 0;
    while (first < steps.size() && !(steps.get(first).verdict() instanceof Verdict.Rehearsed)) {
      first++;
    }
    if (first == steps.size() || underWay() != null) {
      return 0;
    }
    int passed = steps.size() - first - (waiting() == null ? 0 : 1);
    steps.subList(first, steps.size()).clear();
    return passed;
  }

  private void replaceLast(Step step) {
    steps.set(steps.size() - 1, step);
  }

  /** No disruptive rung was allowed yet. */
  boolean areHarmless() {
    return none(step -> step.action().disrupts() && step.verdict() instanceof Verdict.Allowed);
  }

  /** Something disruptive was let through, or rehearsed. */
  boolean haveDisrupted() {
    return !areHarmless()
        || !none(step -> step.action().disrupts() && step.verdict() instanceof Verdict.Rehearsed);
  }

  /** Something was done that may have ended the subject; a restart that failed stops first. */
  boolean mayHaveEnded() {
    return !none(
        step ->
            step.action().kind().has(Trait.ENDS) && (step.mayHaveActed() || isFailedRestart(step)));
  }

  private static boolean isFailedRestart(Step step) {
    return step.action().kind() == Kind.RESTART_UNIT && step.outcome() instanceof Outcome.Failed;
  }

  /** TERM was sent to all whom this would kill, or may have been, or was rehearsed. */
  boolean haveTermBefore(Kind kill) {
    boolean alone = kill != Kind.KILL_FAMILY;
    return !none(
        step ->
            (step.action().kind() == Kind.TERM_FAMILY || step.action().kind() == Kind.TERM && alone)
                && (step.mayHaveActed() || step.verdict() instanceof Verdict.Rehearsed));
  }

  /** A restart of the unit was tried after the last signal that may have ended the subject. */
  boolean haveRestartSinceSignal() {
    boolean restarted = false;
    for (Step step : steps) {
      if (step.action().kind() == Kind.RESTART_UNIT) {
        restarted |= step.outcome() != null;
      } else if (step.mayHaveActed() && step.action().kind().has(Trait.ENDS)) {
        restarted = false;
      }
    }
    return restarted;
  }

  /** The last thing done was to have systemd forget that the unit failed. */
  boolean endWithForgetting() {
    return steps.stream()
        .filter(Step::mayHaveActed)
        .reduce((a, b) -> b)
        .filter(step -> step.action().kind() == Kind.RESET_FAILED)
        .isPresent();
  }

  /** medicd stopped the unit for good, and did not start it since. */
  boolean haveStoppedUnit() {
    boolean stopped = false;
    for (Step step : steps) {
      Kind kind = step.action().kind();
      boolean starts = kind == Kind.RESTART_UNIT || kind == Kind.START_UNIT;
      if (step.mayHaveActed()) {
        stopped = kind == Kind.STOP_UNIT || stopped && !starts;
      }
    }
    return stopped;
  }

  /** The last disruptive action that was done, as " after kill"; empty without one. */
  String cure() {
    return steps.stream()
        .filter(step -> step.mayHaveActed() && step.action().disrupts())
        .reduce((a, b) -> b)
        .map(step -> " after " + step.action().label())
        .orElse("");
  }

  private boolean none(Predicate<Step> which) {
    return steps.stream().noneMatch(which);
  }
}
