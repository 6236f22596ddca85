package org.medicd.incident;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;
import org.medicd.incident.Sight.UnitStanding;
import org.medicd.plan.Outcome;

/**
 * The restart of a unit that was under way when the daemon died. The unit's invocation tells
 * whether it took place: systemd gives every start a new one (systemd.exec(5), INVOCATION_ID).
 */
final class InterruptedRestart {
  /** A stop and a start take at most so long, as when medicd waits for the job itself. */
  private static final Duration JOB = Duration.ofMinutes(3);

  /** Within this systemd has taken up what it was asked for, if it was. */
  private static final Duration TAKEN_UP = Duration.ofSeconds(5);

  enum Answer {
    /** systemd is at it, or does not answer. */
    PENDING,
    TOOK_PLACE,
    /** It was started anew, and is down again. */
    DID_NOT_HELP,
    DID_NOT_TAKE_PLACE,
    UNKNOWN
  }

  private final String before;
  private final Duration since;

  /**
   * @param before what {@link #note} wrote before the restart
   * @param since when the daemon was started again
   */
  InterruptedRestart(String before, Duration since) {
    this.before = before;
    this.since = since;
  }

  /** What must be written down before a restart. */
  static String note(Unit unit) {
    return unit.name() + " was " + unit.activeState() + invocation(unit.invocationId());
  }

  private static String invocation(@Nullable String id) {
    return ", invocation " + id;
  }

  /** What the step is told; null: it did nothing, and is due again. */
  @Nullable Outcome outcome(Answer answer, Sight sight) {
    String why = "medicd ended meanwhile; ";
    String now = ", invocation " + sight.invocation();
    return switch (answer) {
      case TOOK_PLACE -> new Outcome.Done(why + "the unit was started anew" + now);
      case DID_NOT_HELP -> new Outcome.Failed(why + "the unit was started and is down again" + now);
      case UNKNOWN -> new Outcome.InDoubt(why + "systemd does not tell what came of it");
      default -> null;
    };
  }

  Answer judge(Sight sight) {
    Duration waited = sight.now().minus(since);
    String invocation = sight.invocation();
    if (invocation == null || sight.unit() == UnitStanding.CHANGING) {
      return waited.compareTo(JOB) < 0 ? Answer.PENDING : Answer.UNKNOWN;
    }
    // systemd forgets the invocation of a unit that it has unloaded: that is no new one.
    if (!invocation.isEmpty() && !before.endsWith(invocation(invocation))) {
      return sight.unit() == UnitStanding.ACTIVE ? Answer.TOOK_PLACE : Answer.DID_NOT_HELP;
    }
    return waited.compareTo(TAKEN_UP) < 0 ? Answer.PENDING : Answer.DID_NOT_TAKE_PLACE;
  }
}
