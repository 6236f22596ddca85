package org.medicd.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.plan.Action;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Rung;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

/**
 * One incident on its ladder. Times are monotonic; instants are for the record only.
 *
 * <p>In each tick it looks again: a condition that is gone, and stays gone long enough for a
 * successor to have shown itself, is recovered once the service works; one that holds gets its next
 * rung when the patience of the last is over.
 */
final class Case {
  /**
   * How much longer than "for" it may take until a condition is diagnosed: a successor must start,
   * and averages need more than one look.
   */
  private static final Duration TO_SHOW = Duration.ofSeconds(5);

  private static final Duration MEND_PATIENCE = Duration.ofSeconds(60);

  private final String id;
  private final String diagnosis;
  private final String rule;
  private final Severity severity;
  private final Mode mode;
  private final Duration lasted;
  private final Instant openedAt;
  private final List<String> because;
  private final List<ProcessId> members = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> evidence = new ArrayList<>();
  private final List<ProcessId> lease = new ArrayList<>();
  private Patient patient;
  private @Nullable Treatment treatment;
  private IncidentState state = IncidentState.OPEN;
  private int next;
  private @Nullable Instant closedAt;
  private @Nullable String closedBecause;
  private boolean approved;
  private boolean mending;

  /** When the next rung is due. */
  private Duration due;

  /** Until when a condition that a stop had masked is taken to hold. */
  private Duration maskedUntil = Duration.ZERO;

  /** Before this a condition that is not diagnosed is not known, neither to hold nor to be gone. */
  private Duration notGoneBefore = Duration.ZERO;

  private @Nullable Duration goneSince;
  private @Nullable Duration closedSince;
  private boolean changed = true;

  Case(
      String id,
      Finding finding,
      Patient patient,
      List<ProcessId> members,
      Instant at,
      Duration now) {
    this.id = id;
    this.diagnosis = finding.diagnosis().name();
    this.rule = finding.rule();
    this.severity = finding.severity();
    this.mode = finding.mode();
    this.lasted = finding.lasted();
    this.openedAt = at;
    this.because = List.copyOf(finding.because());
    this.patient = patient;
    this.members.addAll(members);
    this.treatment = finding.treatment();
    this.due = now;
  }

  /** Takes up an incident of an earlier run of the daemon. */
  Case(Incident kept, Duration now) {
    this.id = kept.id();
    this.diagnosis = kept.diagnosis();
    this.rule = kept.rule();
    this.severity = kept.severity();
    this.mode = kept.mode();
    this.lasted = kept.lasted();
    this.openedAt = kept.openedAt();
    this.because = kept.because();
    this.patient = kept.patient();
    this.members.addAll(kept.members());
    this.treatment = kept.treatment();
    this.state = kept.state();
    this.next = kept.next();
    this.steps.addAll(kept.steps());
    this.evidence.addAll(kept.evidence());
    this.lease.addAll(kept.lease());
    lookAnew(now);
    this.due = now.plus(patienceAnew());
    settleInterrupted(now);
  }

  /**
   * How long the last rung of an earlier run may still work; a stop that is undone no longer does.
   */
  private Duration patienceAnew() {
    boolean waits = lease.isEmpty() && !steps.isEmpty() && !isUnderWay();
    Step last = waits ? steps.get(steps.size() - 1) : null;
    boolean advanced =
        last != null && (last.mayHaveActed() || last.verdict() instanceof Verdict.Rehearsed);
    return advanced ? patienceOf(next - 1, null) : Duration.ZERO;
  }

  /**
   * A step that was under way when the daemon died is in doubt: it is not done again, its patience
   * starts anew. What only read is done again.
   */
  private void settleInterrupted(Duration now) {
    if (!isUnderWay()) {
      return;
    }
    Step step = steps.get(steps.size() - 1);
    if (step.action().disrupts()) {
      ended(
          new Outcome.InDoubt("medicd ended between the intent and its outcome"),
          null,
          List.copyOf(members),
          now);
    } else {
      steps.remove(steps.size() - 1);
    }
  }

  // ---- looking

  /** Looks again; returns the rung that is due, if one is. */
  @Nullable Intent consider(Sight sight, Instant at) {
    if (state.isClosed() || isUnderWay()) {
      return null;
    }
    if (treatment == null && sight.finding() != null) {
      treatment = sight.finding().treatment();
    }
    if (sight.diagnosed() || isMasked(sight)) {
      goneSince = null;
      return climb(sight, at);
    }
    if (sight.now().compareTo(notGoneBefore) < 0) {
      goneSince = null;
      return null;
    }
    return conclude(sight, at);
  }

  private boolean isMasked(Sight sight) {
    boolean stopped = lease.stream().anyMatch(sight::is);
    return stopped || (!sight.living().isEmpty() && sight.now().compareTo(maskedUntil) < 0);
  }

  /** The condition does not hold: is it over? */
  private @Nullable Intent conclude(Sight sight, Instant at) {
    Duration gone = goneSince == null ? sight.now() : goneSince;
    goneSince = gone;
    boolean subjectEnded = !members.isEmpty() && sight.living().isEmpty();
    if (!hasEnded()) {
      if (subjectEnded) {
        close(IncidentState.VANISHED, "the process ended without medicd", sight, at);
      } else {
        close(IncidentState.RECOVERED, "the condition no longer holds", sight, at);
      }
      return null;
    }
    if (sight.unit() == Sight.UnitStanding.DOWN) {
      return mend(sight, at);
    }
    boolean watched = sight.now().minus(gone).compareTo(watchFor(sight)) >= 0;
    if (sight.serviceWorks() && (watched || !subjectEnded)) {
      close(IncidentState.RECOVERED, cure(subjectEnded), sight, at);
    }
    return null;
  }

  /** How long no successor may be diagnosed before the condition counts as gone. */
  private Duration watchFor(Sight sight) {
    return sight.respawnable() ? lasted.plus(TO_SHOW) : Duration.ZERO;
  }

  private String cure(boolean subjectEnded) {
    String last =
        steps.stream()
            .filter(Step::mayHaveActed)
            .filter(step -> step.action().disrupts())
            .reduce((a, b) -> b)
            .map(step -> " after " + step.action().label())
            .orElse("");
    return (subjectEnded ? "the process ended" : "the condition no longer holds") + last;
  }

  /** What medicd did left the unit down: it is started again at once, whatever rung is next. */
  private @Nullable Intent mend(Sight sight, Instant at) {
    Treatment ladder = treatment;
    if (ladder == null) {
      return null;
    }
    boolean restarted =
        steps.stream()
            .anyMatch(
                step -> step.action().kind() == Action.Kind.RESTART_UNIT && step.outcome() != null);
    if (restarted) {
      return climb(sight, at);
    }
    if (!mending) {
      mending = true;
      due = sight.now();
      int place = next;
      while (place < ladder.rungs().size()
          && ladder.rungs().get(place).action().kind() != Action.Kind.RESTART_UNIT) {
        place++;
      }
      if (place == ladder.rungs().size()) {
        List<Rung> rungs = new ArrayList<>(ladder.rungs());
        rungs.add(next, new Rung(new Action(Action.Kind.RESTART_UNIT), MEND_PATIENCE, null));
        treatment = new Treatment(ladder.rule(), rungs);
      } else {
        next = place;
      }
      changed = true;
    }
    return climb(sight, at);
  }

  private @Nullable Intent climb(Sight sight, Instant at) {
    if (state == IncidentState.EXHAUSTED || sight.now().compareTo(due) < 0) {
      return null;
    }
    Treatment ladder = treatment;
    if (ladder == null || next >= ladder.rungs().size()) {
      state = IncidentState.EXHAUSTED;
      changed = true;
      return null;
    }
    Rung rung = ladder.rungs().get(next);
    if (isKillWithoutTerm(rung)) {
      String why = "no TERM was sent before: it comes before KILL";
      steps.add(new Step(rung.action(), new Verdict.Refused("ladder", why, true), null, at, null));
      advance(Duration.ZERO, sight.now());
      return null;
    }
    return intent(rung.action(), rung.gate(), sight.living());
  }

  private Intent intent(Action action, @Nullable String gate, List<ProcessId> targets) {
    boolean first =
        steps.stream()
            .noneMatch(
                step -> step.action().disrupts() && step.verdict() instanceof Verdict.Allowed);
    return new Intent(
        id,
        diagnosis,
        rule,
        mode,
        next,
        action,
        patient,
        targets,
        gate,
        first,
        mending,
        !lease.isEmpty(),
        approved);
  }

  // ---- what became of an intent

  /** Takes the guards' verdict; an allowed rung is under way from here on. */
  void judged(Intent intent, Verdict verdict, @Nullable String detail, Instant at, Duration now) {
    Step before = stepAsked();
    boolean news = before == null || !sameRefusal(before.verdict(), verdict);
    if (news) {
      Step step =
          new Step(intent.action(), verdict, null, before == null ? at : before.at(), detail);
      if (before == null) {
        steps.add(step);
      } else {
        steps.set(steps.size() - 1, step);
      }
      changed = true;
    }
    if (verdict instanceof Verdict.Allowed) {
      state = IncidentState.TREATING;
    } else if (verdict instanceof Verdict.Rehearsed) {
      state = IncidentState.TREATING;
      advance(patienceOf(next, null), now);
    } else if (verdict instanceof Verdict.Refused refused && refused.forGood()) {
      advance(Duration.ZERO, now);
    }
  }

  /** The step of the rung that is due, where the guards were asked before; null: not yet. */
  private @Nullable Step stepAsked() {
    Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    boolean waits =
        last != null
            && last.outcome() == null
            && (last.verdict() instanceof Verdict.AwaitingApproval
                || (last.verdict() instanceof Verdict.Refused refused && !refused.forGood()));
    return waits ? last : null;
  }

  private static boolean sameRefusal(Verdict before, Verdict now) {
    return before instanceof Verdict.Refused a && now instanceof Verdict.Refused b
        ? a.guard().equals(b.guard()) && a.forGood() == b.forGood()
        : before.equals(now);
  }

  /** KILL is due only after TERM was done, or may have been, or was rehearsed. */
  private boolean isKillWithoutTerm(Rung rung) {
    return rung.action().kind() == Action.Kind.KILL
        && steps.stream()
            .filter(step -> step.action().kind() == Action.Kind.TERM)
            .noneMatch(step -> step.mayHaveActed() || step.verdict() instanceof Verdict.Rehearsed);
  }

  /** Takes the outcome of the rung under way. */
  void ended(Outcome outcome, @Nullable String folder, List<ProcessId> targets, Duration now) {
    if (!isUnderWay()) {
      return;
    }
    Step step = steps.get(steps.size() - 1);
    steps.set(
        steps.size() - 1,
        new Step(step.action(), step.verdict(), outcome, step.at(), step.detail()));
    if (folder != null) {
      evidence.add(folder);
    }
    keepLease(step.action().kind(), outcome, targets, now);
    boolean acted = steps.get(steps.size() - 1).mayHaveActed();
    advance(acted ? patienceOf(next, stopTimeout) : Duration.ZERO, now);
  }

  private @Nullable Duration stopTimeout;

  /** Remembers how long the unit may take to stop: KILL waits at least as long. */
  void unitStopsWithin(@Nullable Duration timeout) {
    stopTimeout = timeout;
  }

  private void keepLease(Action.Kind kind, Outcome outcome, List<ProcessId> targets, Duration now) {
    boolean mayHaveActed =
        outcome instanceof Outcome.Done
            || outcome instanceof Outcome.InDoubt
            || outcome instanceof Outcome.TimedOut;
    if (kind == Action.Kind.STOP && mayHaveActed) {
      lease.addAll(targets);
    } else if (!lease.isEmpty()
        && kind.has(Action.Trait.NEEDS_PROCESS)
        && kind != Action.Kind.CAPTURE) {
      // TERM, KILL and CONT let a stopped process run again: the actuator sends CONT after them.
      leaseUndone(now);
    }
  }

  /** The signal after the stop let it run: its condition is taken to hold until it can show. */
  private void leaseUndone(Duration now) {
    if (!lease.isEmpty()) {
      lease.clear();
      maskedUntil = now.plus(lasted).plus(patienceOf(next, stopTimeout)).plus(TO_SHOW);
      changed = true;
    }
  }

  /** medicd itself let go what it held stopped: whether the condition holds must show anew. */
  void letGo(Duration now) {
    if (!lease.isEmpty()) {
      lease.clear();
      lookAnew(now);
      changed = true;
    }
  }

  /** The rules forgot what they knew of it: until they can know again it neither holds nor not. */
  void lookAnew(Duration now) {
    notGoneBefore = now.plus(lasted).plus(TO_SHOW);
  }

  private Duration patienceOf(int rung, @Nullable Duration stopTimeout) {
    Treatment ladder = treatment;
    if (ladder == null || rung >= ladder.rungs().size()) {
      return Duration.ZERO;
    }
    Duration patience = ladder.rungs().get(rung).patience();
    boolean beforeKill =
        rung + 1 < ladder.rungs().size()
            && ladder.rungs().get(rung + 1).action().kind() == Action.Kind.KILL;
    return beforeKill && stopTimeout != null && stopTimeout.compareTo(patience) > 0
        ? stopTimeout
        : patience;
  }

  private void advance(Duration patience, Duration now) {
    next++;
    due = now.plus(patience);
    approved = false;
    mending = false;
    changed = true;
  }

  // ---- successors, people, the end

  /** A successor of the same lineage was diagnosed: the last rung did not cure, the next is due. */
  void succeededBy(Patient successor, List<ProcessId> processes, Duration now) {
    patient = successor;
    members.clear();
    members.addAll(processes);
    lease.clear();
    goneSince = null;
    if (state.isClosed()) {
      state = IncidentState.TREATING;
      closedAt = null;
      closedBecause = null;
    }
    due = now;
    changed = true;
  }

  /** One more process of a group. */
  void joinedBy(ProcessId process) {
    members.add(process);
    changed = true;
  }

  /** It is about all its members from here on. */
  void becomesGroup(Patient group) {
    patient = group;
    changed = true;
  }

  /** A person said yes to the rung that waits. */
  boolean approve() {
    Step asked = stepAsked();
    boolean waits = asked != null && asked.verdict() instanceof Verdict.AwaitingApproval;
    approved = approved || waits;
    return waits;
  }

  /** A person, a reload or a reboot ended it. */
  void withdraw(String why, Instant at, Duration now) {
    end(IncidentState.WITHDRAWN, why, at, now);
  }

  private void close(IncidentState how, String why, Sight sight, Instant at) {
    end(how, why, at, sight.now());
  }

  private void end(IncidentState how, String why, Instant at, Duration now) {
    state = how;
    closedAt = at;
    closedBecause = why;
    closedSince = now;
    changed = true;
  }

  /** Closed, and too long ago for a successor to be the same incident. */
  boolean isForgotten(Duration now) {
    Duration since = closedSince;
    int last = Math.max(0, next - 1);
    return since != null && now.minus(since).compareTo(lasted.plus(patienceOf(last, null))) > 0;
  }

  // ---- what it is

  private boolean isUnderWay() {
    return !steps.isEmpty() && steps.get(steps.size() - 1).isUnderWay();
  }

  /** Something was done that may have ended the subject. */
  private boolean hasEnded() {
    return steps.stream()
        .anyMatch(step -> step.mayHaveActed() && step.action().kind().has(Action.Trait.ENDS));
  }

  /** Something disruptive was let through, or rehearsed. */
  boolean hasDisrupted() {
    return steps.stream()
        .filter(step -> step.action().disrupts())
        .map(Step::verdict)
        .anyMatch(v -> v instanceof Verdict.Allowed || v instanceof Verdict.Rehearsed);
  }

  String id() {
    return id;
  }

  boolean isOpen() {
    return !state.isClosed();
  }

  boolean isAbout(String name, Subject subject) {
    return diagnosis.equals(name)
        && (patient.subject().equals(subject)
            || (subject instanceof ProcessId process && members.contains(process)));
  }

  String diagnosis() {
    return diagnosis;
  }

  Patient patient() {
    return patient;
  }

  List<ProcessId> members() {
    return List.copyOf(members);
  }

  List<ProcessId> lease() {
    return List.copyOf(lease);
  }

  /** The incident, if it changed since this was asked last. */
  @Nullable Incident takeChange() {
    boolean had = changed;
    changed = false;
    return had ? incident() : null;
  }

  Incident incident() {
    return new Incident(
        id,
        diagnosis,
        rule,
        severity,
        mode,
        lasted,
        state,
        patient,
        members,
        openedAt,
        closedAt,
        closedBecause,
        because,
        treatment,
        next,
        steps,
        evidence,
        lease);
  }
}
