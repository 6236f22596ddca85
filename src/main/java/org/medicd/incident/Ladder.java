package org.medicd.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Rung;
import org.medicd.plan.Treatment;

/** Which rung is next, and when it is due. */
final class Ladder {
  private static final Duration MEND_PATIENCE = Duration.ofSeconds(60);

  private @Nullable Treatment treatment;
  private int next;
  private Duration due;
  private boolean mending;
  private @Nullable Duration unitStopsWithin;

  Ladder(@Nullable Treatment treatment, int next, Duration due) {
    this.treatment = treatment;
    this.next = next;
    this.due = due;
  }

  @Nullable Treatment treatment() {
    return treatment;
  }

  int next() {
    return next;
  }

  /** The next rung undoes harm of an earlier one. */
  boolean isMending() {
    return mending;
  }

  /** Takes what the rules prescribe, where nothing was prescribed before. */
  void prescribe(@Nullable Treatment prescribed) {
    if (treatment == null) {
      treatment = prescribed;
    }
  }

  /** How long the unit may take to stop (TimeoutStopSec): KILL waits at least as long. */
  void unitStopsWithin(@Nullable Duration timeout) {
    unitStopsWithin = timeout;
  }

  boolean isDue(Duration now) {
    return now.compareTo(due) >= 0;
  }

  void dueAt(Duration now) {
    due = now;
  }

  void notDueBefore(Duration earliest) {
    due = due.compareTo(earliest) < 0 ? earliest : due;
  }

  /** The next rung; null: none is left. */
  @Nullable Rung rung() {
    return at(next);
  }

  private @Nullable Rung at(int place) {
    Treatment ladder = treatment;
    return ladder == null || place < 0 || place >= ladder.rungs().size()
        ? null
        : ladder.rungs().get(place);
  }

  /** Goes on to the rung after this one, due when that much patience is over. */
  void advance(Duration patience, Duration now) {
    next++;
    due = now.plus(patience);
    mending = false;
  }

  /** So many rungs are due again. */
  void goBack(int rungs, Duration now) {
    next = Math.max(0, next - rungs);
    due = now;
  }

  /** The patience of the next rung. */
  Duration patience() {
    Rung rung = rung();
    Rung after = at(next + 1);
    Duration patience = rung == null ? Duration.ZERO : rung.patience();
    Duration stop = unitStopsWithin;
    boolean beforeKill = after != null && after.action().kind().has(Trait.KILLS);
    return beforeKill && stop != null && stop.compareTo(patience) > 0 ? stop : patience;
  }

  /** The patience of the rung before the next one. */
  Duration lastPatience() {
    Rung last = at(next - 1);
    return last == null ? Duration.ZERO : last.patience();
  }

  /**
   * Makes a restart of the unit due at once: the one still to come, else one more. False where that
   * was done before, or there is no ladder.
   */
  boolean mend(Duration now) {
    Treatment ladder = treatment;
    if (mending || ladder == null) {
      return false;
    }
    mending = true;
    due = now;
    for (int place = next; place < ladder.rungs().size(); place++) {
      if (ladder.rungs().get(place).action().kind() == Kind.RESTART_UNIT) {
        next = place;
        return true;
      }
    }
    List<Rung> rungs = new ArrayList<>(ladder.rungs());
    rungs.add(next, new Rung(new Action(Kind.RESTART_UNIT), MEND_PATIENCE, null));
    treatment = new Treatment(ladder.rule(), rungs);
    return true;
  }
}
