package org.medicd.incident;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.incident.Sight.UnitStanding;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.IncidentState;

/**
 * Whether the condition of an incident still holds, and if not, whether and how it is over: gone,
 * and gone for long enough for a successor to have shown itself, and the service works.
 */
final class Prognosis {
  /**
   * How much longer than "for" it may take until a condition is diagnosed: a successor must start,
   * and averages need more than one look.
   */
  static final Duration TO_SHOW = Duration.ofSeconds(5);

  /** Averages have a pause in them that nobody looked at, and need this long to forget it. */
  private static final Duration TO_SETTLE = Duration.ofSeconds(60);

  enum Outlook {
    HOLDS,
    /** What medicd did left the unit down. */
    LEFT_DOWN,
    /** Gone, or not known to hold; not over yet. */
    OPEN,
    OVER
  }

  /** How an incident ended. */
  record Ending(IncidentState state, String why) {}

  private final Duration lasted;
  private final Affected affected;
  private final Steps steps;
  private final Lease lease;

  /** Before this a condition that is not diagnosed is not known, neither to hold nor to be gone. */
  private Duration knownFrom = Duration.ZERO;

  /** Before this a subject that lives may look well by its averages alone. */
  private Duration settledFrom = Duration.ZERO;

  private @Nullable Duration goneSince;

  /**
   * A successor was seen after the last action that may have ended the subject, so that action did
   * not leave the unit down: whoever stops it now means it.
   */
  private boolean hasWorkedSince;

  /** A restart was asked for and not carried through: a unit that is down may be our doing. */
  private boolean restartBroken;

  Prognosis(Duration lasted, Affected affected, Steps steps, Lease lease) {
    this.lasted = lasted;
    this.affected = affected;
    this.steps = steps;
    this.lease = lease;
  }

  /** The rules forgot what they knew of it: until they can know again it neither holds nor not. */
  void lookAnew(Duration now) {
    knownFrom = now.plus(lasted).plus(TO_SHOW);
  }

  /** Nobody looked for a while. */
  void haveStoodStill(Duration now) {
    lookAnew(now);
    settledFrom = knownFrom.plus(TO_SETTLE);
  }

  void restartBroke() {
    restartBroken = true;
  }

  void acted(Action action) {
    hasWorkedSince &= !action.kind().has(Trait.ENDS);
  }

  void fellIllAgain() {
    hasWorkedSince = true;
    goneSince = null;
  }

  Outlook ask(Sight sight) {
    if (sight.diagnosed() || lease.masks(sight) || isOnlyForgotten(sight)) {
      goneSince = null;
      return Outlook.HOLDS;
    }
    if (leftDown(sight) && !hasWorkedSince && !steps.haveStoppedUnit()) {
      return Outlook.LEFT_DOWN;
    }
    if (affected.isOutlivedBy(sight.living())) {
      goneSince = null;
      return Outlook.HOLDS;
    }
    if (!isKnown(sight)) {
      return Outlook.OPEN;
    }
    Duration gone = goneSince == null ? sight.now() : goneSince;
    goneSince = gone;
    return isOver(sight, gone) ? Outlook.OVER : Outlook.OPEN;
  }

  private boolean isKnown(Sight sight) {
    return sight.now().compareTo(knownFrom) >= 0
        && (hasSubjectEnded(sight) || sight.now().compareTo(settledFrom) >= 0);
  }

  /** A unit that systemd no longer calls failed, and that is as down as before, is not cured. */
  private boolean isOnlyForgotten(Sight sight) {
    return sight.unit() == UnitStanding.DOWN && steps.endWithForgetting();
  }

  /** Something was done that may have ended the subject. */
  private boolean mayHaveEnded() {
    return restartBroken || steps.mayHaveEnded();
  }

  private boolean leftDown(Sight sight) {
    return mayHaveEnded() && sight.unit() == UnitStanding.DOWN;
  }

  private boolean isOver(Sight sight, Duration gone) {
    if (!mayHaveEnded() || leftDown(sight)) {
      return true;
    }
    Duration watch = sight.respawnable() ? lasted.plus(TO_SHOW) : Duration.ZERO;
    boolean watched = sight.now().minus(gone).compareTo(watch) >= 0;
    return sight.serviceWorks() && (watched || !hasSubjectEnded(sight));
  }

  private boolean hasSubjectEnded(Sight sight) {
    return affected.areTheSubject() && sight.living().isEmpty();
  }

  /** How it ended, once it is over. */
  Ending ending(Sight sight) {
    boolean ended = hasSubjectEnded(sight);
    if (ended && !mayHaveEnded()) {
      return new Ending(IncidentState.VANISHED, "the process ended without medicd");
    }
    if (leftDown(sight) && steps.haveStoppedUnit()) {
      return new Ending(
          IncidentState.RECOVERED, "medicd stopped the unit; a person starts it again");
    }
    if (leftDown(sight)) {
      return new Ending(IncidentState.VANISHED, "the unit was stopped without medicd");
    }
    String what = ended ? "the process ended" : "the condition no longer holds";
    return new Ending(IncidentState.RECOVERED, what + steps.cure());
  }
}
