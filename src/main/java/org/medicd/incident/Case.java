package org.medicd.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Deed;
import org.medicd.plan.Hold;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Rung;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/**
 * One incident. In each tick it looks again: one that holds gets its next rung when the patience of
 * the last is over. Times are monotonic; instants are for the record.
 */
final class Case {
  /** As it was opened; what changes since then is in the fields. */
  private final Incident opened;

  private final Affected affected;
  private final List<String> evidence;
  private final Steps steps;
  private final Ladder ladder;
  private final Lease lease;
  private final Prognosis prognosis;
  private final Waiting waiting = new Waiting();

  private final Approval approval = new Approval();
  private final Lifecycle life;

  private @Nullable InterruptedRestart interrupted;

  /** The first disruptive rung was counted as a treatment and is due again: it did nothing. */
  private boolean counted;

  private boolean changed = true;

  private Case(Incident incident, Duration now) {
    this.opened = incident;
    this.affected = new Affected(incident.patient(), incident.members());
    this.evidence = new ArrayList<>(incident.evidence());
    this.steps = new Steps(incident.steps());
    this.ladder = new Ladder(incident.treatment(), incident.next(), now);
    this.lease = new Lease(incident.holds());
    this.prognosis = new Prognosis(incident.lasted(), affected, steps, lease);
    this.life = new Lifecycle(incident.state(), now);
  }

  static Case open(Incident incident, Duration now) {
    return new Case(incident, now);
  }

  /** Takes up an incident of an earlier run of the daemon; the last patience begins anew. */
  static Case restore(Incident kept, Duration now) {
    Case restored = new Case(kept, now);
    restored.lookAnew(now);
    restored.beginPatienceAnew(now);
    restored.settleInterrupted(now);
    return restored;
  }

  /** What went by meanwhile is not known: the last patience begins anew. */
  void haveStoodStill(Duration now) {
    prognosis.haveStoodStill(now);
    beginPatienceAnew(now);
  }

  private void beginPatienceAnew(Duration now) {
    if (steps.mayStillWork()) {
      boolean again = steps.endElastic();
      ladder.notDueBefore(now.plus(again ? ladder.patience() : ladder.lastPatience()));
    }
  }

  /** The rules forgot what they knew of it: until they can know again it neither holds nor not. */
  void lookAnew(Duration now) {
    prognosis.lookAnew(now);
  }

  /**
   * A step that was under way when the daemon died is in doubt: it is not done again, its patience
   * starts anew. What only read is done again. Of a restart the unit tells what became of it.
   */
  private void settleInterrupted(Duration now) {
    Step step = steps.underWay();
    if (step == null) {
      return;
    }
    if (step.action().kind() == Kind.RESTART_UNIT && step.detail() != null) {
      interrupted = new InterruptedRestart(step.detail(), now);
    } else if (step.action().disrupts()) {
      ended(new Outcome.InDoubt("medicd ended between the intent and its outcome"), null, now);
    } else {
      steps.takeBack();
    }
  }

  private void settle(InterruptedRestart restart, Sight sight) {
    InterruptedRestart.Answer answer = restart.judge(sight);
    if (answer == InterruptedRestart.Answer.PENDING) {
      return;
    }
    interrupted = null;
    Outcome outcome = restart.outcome(answer, sight);
    if (outcome != null) {
      ended(outcome, null, sight.now());
    } else {
      counted = true;
      steps.takeBack();
      prognosis.restartBroke();
      changed = true;
    }
  }

  // ---- looking

  /** Looks again; returns the rung that is due, if one is. */
  @Nullable Intent consider(Sight sight, Instant at) {
    if (interrupted != null && isOpen()) {
      settle(interrupted, sight);
    }
    if (!isOpen() || steps.underWay() != null) {
      return null;
    }
    ladder.unitStopsWithin(sight.stopTimeout());
    if (sight.finding() != null) {
      ladder.prescribe(sight.finding().treatment());
    }
    return switch (prognosis.ask(sight)) {
      case HOLDS -> climb(sight, at);
      case LEFT_DOWN -> mend(sight, at);
      case OPEN -> null;
      case OVER -> {
        Prognosis.Ending ending = prognosis.ending(sight);
        end(ending.state(), ending.why(), at, sight.now());
        yield null;
      }
    };
  }

  /** What medicd did left the unit down: it is started again at once, whatever rung is next. */
  private @Nullable Intent mend(Sight sight, Instant at) {
    if (!steps.haveRestartSinceSignal()) {
      changed |= ladder.mend(sight.now());
    }
    return climb(sight, at);
  }

  private @Nullable Intent climb(Sight sight, Instant at) {
    if (life.isExhausted() || !ladder.isDue(sight.now())) {
      return null;
    }
    Rung rung = ladder.rung();
    if (rung == null) {
      life.exhaust();
      changed = true;
      letGo(sight.now());
      return null;
    }
    Verdict without = waiting.giveUp(steps.waiting(), rung, sight.now());
    if (without != null) {
      judged(rung.action(), without, List.of(), null, at, sight.now());
      return null;
    }
    if (rung.action().kind().has(Trait.KILLS) && !steps.haveTermBefore(rung.action().kind())) {
      String why = "no TERM was sent before: it comes before KILL";
      steps.enter(rung.action(), new Verdict.Refused("ladder", why, true), null, at);
      advance(Duration.ZERO, sight.now());
      return null;
    }
    return new Intent(
        opened.id(),
        opened.diagnosis(),
        opened.rule(),
        opened.mode(),
        ladder.next(),
        rung.action(),
        affected.patient(),
        sight.targets(),
        rung.gate(),
        steps.areHarmless() && !counted,
        ladder.isMending(),
        lease.keepsFromRunning(),
        approval.isGiven());
  }

  // ---- what became of an intent

  /**
   * Takes the guards' verdict; an allowed rung is under way from here on.
   *
   * @param holds what it will hold
   */
  void judged(
      Action action,
      Verdict verdict,
      List<Hold> holds,
      @Nullable String detail,
      Instant at,
      Duration now) {
    changed |= steps.enter(action, verdict, approval.before(detail), at);
    if (verdict instanceof Verdict.Allowed) {
      life.treat();
      lease.take(holds);
    } else if (verdict instanceof Verdict.Rehearsed) {
      life.treat();
      advance(ladder.patience(), now);
    } else if (verdict instanceof Verdict.Refused refused && refused.forGood()) {
      advance(Duration.ZERO, now);
    }
  }

  /** Takes the outcome of the rung under way; null: none is. */
  @Nullable Deed ended(Outcome outcome, @Nullable String folder, Duration now) {
    Step step = steps.underWay();
    if (step == null) {
      return null;
    }
    steps.end(step, outcome);
    if (folder != null && !evidence.contains(folder)) {
      evidence.add(folder);
    }
    boolean acted = outcome.mayHaveActed();
    Kind kind = step.action().kind();
    lease.ended(kind, acted, shownBy(now));
    if (acted) {
      prognosis.acted(step.action());
    }
    if (acted && kind.has(Trait.ELASTIC)) {
      ladder.dueAt(now.plus(ladder.patience()));
      changed = true;
    } else {
      advance(acted ? ladder.patience() : Duration.ZERO, now);
    }
    return new Deed(
        opened.diagnosis(), affected.patient().subject(), step.action().label(), outcome);
  }

  /** What runs again has its condition taken to hold until it can show. */
  private Duration shownBy(Duration now) {
    return now.plus(opened.lasted()).plus(ladder.patience()).plus(Prognosis.TO_SHOW);
  }

  boolean isHolding() {
    return lease.isHeld();
  }

  /** medicd lets go what it held: whether the condition holds must show anew. */
  void letGo(Duration now) {
    if (lease.isHeld()) {
      lease.letGo(Duration.ZERO);
      lookAnew(now);
      changed = true;
    }
  }

  /** What was let go, and is to be undone now. */
  List<Hold> takeToUndo() {
    return lease.takeToUndo();
  }

  /** That is as it was before. */
  void undone(Hold hold) {
    changed |= lease.undone(hold);
  }

  private void advance(Duration patience, Duration now) {
    ladder.advance(patience, now);
    approval.spend();
    changed = true;
  }

  // ---- successors, people, the end

  /** A successor or a relapse: the last rung did not cure, the next is due. */
  void succeededBy(Patient successor, List<ProcessId> processes, Duration now) {
    affected.become(successor, processes);
    prognosis.fellIllAgain();
    lease.succeeded();
    life.reopen();
    ladder.dueAt(now);
    changed = true;
  }

  /** It has to do with these, too: they are to end with it. */
  void reaches(List<ProcessId> family) {
    family.stream().filter(each -> !affected.includes(each)).forEach(affected::join);
  }

  /** These, too, are of one group; others about them are withdrawn. */
  void gather(List<ProcessId> processes, Patient group) {
    processes.forEach(affected::join);
    affected.becomeGroup(group);
    changed = true;
  }

  /** What was only rehearsed is due again. */
  void takeBackRehearsals(Duration now) {
    int rungs = steps.takeBackRehearsals();
    if (rungs > 0) {
      ladder.goBack(rungs, now);
      life.treat();
      changed = true;
    }
  }

  /** Another incident goes on in its place. */
  void withdraw(String why, Instant at, Duration now) {
    end(IncidentState.WITHDRAWN, why, at, now);
  }

  /** Whether a rung waited for a person, who said yes. */
  boolean approve(String who) {
    boolean waits = steps.waitsForPerson();
    if (waits) {
      approval.give(who);
    }
    return waits;
  }

  /** Whether a rung waited for a person, who said no: the ladder goes on without it. */
  boolean deny(String who, Instant at, Duration now) {
    Step asked = steps.waiting();
    if (asked == null || !steps.waitsForPerson()) {
      return false;
    }
    Verdict no = new Verdict.Refused("approval", who + Step.SAID_NO, true);
    judged(asked.action(), no, List.of(), asked.detail(), at, now);
    return true;
  }

  private void end(IncidentState how, String why, Instant at, Duration now) {
    life.close(how, why, at, now);
    lease.letGo(Duration.ZERO);
    changed = true;
  }

  /** Closed and recorded, and too long ago for a successor to be the same incident. */
  boolean isForgotten(Duration now) {
    Duration remembered = opened.lasted().plus(ladder.lastPatience());
    return !changed && lease.isOver() && life.isClosedFor(remembered, now);
  }

  // ---- what it is

  String id() {
    return opened.id();
  }

  /** Nothing disruptive was let through, or rehearsed, yet. */
  boolean isUntouched() {
    return !steps.haveDisrupted();
  }

  boolean isOpen() {
    return life.isOpen();
  }

  boolean isAbout(String diagnosis, Subject subject) {
    return opened.diagnosis().equals(diagnosis) && affected.includes(subject);
  }

  String diagnosis() {
    return opened.diagnosis();
  }

  Affected affected() {
    return affected;
  }

  /** The incident, if it changed since this was asked last. */
  @Nullable Incident takeChange() {
    boolean had = changed;
    changed = false;
    return had ? incident() : null;
  }

  Incident incident() {
    return new Incident(
        opened.id(),
        opened.diagnosis(),
        opened.rule(),
        opened.severity(),
        opened.mode(),
        opened.lasted(),
        life.state(),
        affected.patient(),
        affected.members(),
        opened.openedAt(),
        life.closedAt(),
        life.closedBecause(),
        opened.because(),
        ladder.treatment(),
        ladder.next(),
        steps.list(),
        evidence,
        lease.holds());
  }
}
