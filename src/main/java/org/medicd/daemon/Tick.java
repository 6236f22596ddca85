package org.medicd.daemon;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.daemon.Announcer.Announcement;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Silences;
import org.medicd.guard.Situation;
import org.medicd.plan.Assessment;
import org.medicd.plan.Deed;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Orders;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;
import org.medicd.plan.Symptom;

/**
 * The pipeline: what happens once a second. Nothing in here waits; actions, mails, the disk and the
 * bus have threads of their own.
 */
final class Tick {
  private static final System.Logger LOG = System.getLogger(Tick.class.getName());

  private final Stages stages;
  private final ConcurrentLinkedQueue<FutureTask<?>> errands = new ConcurrentLinkedQueue<>();
  private final Announcer announcer;
  private final Consumer<Snapshot> onSeen;
  private final BiConsumer<Snapshot, List<Deed>> onReported;
  private final HeldBack heldBack = new HeldBack();
  private final TickTimes times = new TickTimes();
  private final Passage passage;
  private long count;
  private volatile @Nullable Published published;

  /**
   * @param onSeen is given every snapshot, before anything is done about it
   * @param onReported is given every snapshot, with what came of actions until then
   */
  Tick(
      Stages stages,
      Announcer announcer,
      Consumer<Snapshot> onSeen,
      BiConsumer<Snapshot, List<Deed>> onReported) {
    this.stages = stages;
    this.passage = new Passage(stages.settings().tick());
    this.announcer = announcer;
    this.onSeen = onSeen;
    this.onReported = onReported;
  }

  void run() {
    long began = System.nanoTime();
    runErrands();

    Snapshot seen = stages.census().look().with(stages.units().gaps());
    onSeen.accept(seen);
    boolean afterPause = passage.endsPause(seen);
    Duration now = passage.now();
    long collected = System.nanoTime();
    Assessment assessed = stages.engine().consider(seen);
    long considered = System.nanoTime();
    Orders orders = stages.orders().current();
    onReported.accept(seen, takeReports());
    takeUndone();
    if (afterPause) {
      lookAnew(seen.elapsed());
    }
    List<Maintenance> maintenance = stages.guards().maintenance(seen.at());
    if (!maintenance.isEmpty()) {
      stages.incidents().letGo(now, each -> Guards.isMaintained(maintenance, each));
    }
    List<Intent> allowed = decide(assessed, seen, orders);
    Set<String> unrecorded = recordChanges(seen.at());
    allowed.forEach(intent -> carryOut(intent, unrecorded));
    stages.leases().undo(stages.incidents().takeReleases());
    tellWhatIsOwed(seen.at());
    heldBack.tell(stages, maintenance, now, seen.at());
    Shadow shadow = stages.shadow();
    if (shadow != null) {
      shadow
          .consider(seen, stages.guards(), stages.mode(), now)
          .forEach(stages.recorder().store()::put);
    }
    stages.units().watch(unitsToWatch(shadow));
    stages.census().suspect(suspects(assessed));

    long ended = System.nanoTime();
    times.add(collected - began, considered - collected, ended - considered);
    Duration took = Duration.ofNanos(ended - began);
    count++;
    published =
        new Published(
            count, seen, assessed, stages.incidents().open(), stages.mode(), orders, took, now);
  }

  private void lookAnew(Duration pause) {
    String unseen = "nothing was seen for " + pause.toSeconds() + " s";
    LOG.log(Level.WARNING, unseen + ": nothing has lasted, and no patience is over, by that time");
    stages.incidents().haveStoodStill(passage.now());
    Shadow shadow = stages.shadow();
    if (shadow != null) {
      shadow.haveStoodStill(passage.now());
    }
  }

  /** Learns what came of actions. Only on the tick's thread, or once the loop has ended. */
  List<Deed> takeReports() {
    List<Deed> deeds = new ArrayList<>();
    for (Report report : stages.actions().finished(passage.now())) {
      Deed deed = stages.incidents().ended(report, passage.now());
      if (deed != null) {
        deeds.add(deed);
      }
    }
    return deeds;
  }

  /**
   * Lets go all that is held, and says so to the incidents. Only on the tick's thread, or once the
   * loop has ended.
   */
  void letGo() {
    takeReports(); // a stop that was just done is a lease too
    stages.incidents().letGo(passage.now(), each -> true);
    stages.leases().undo(stages.incidents().takeReleases());
  }

  /** Learns what is held no longer. */
  void takeUndone() {
    stages.leases().takeUndone().forEach(stages.incidents()::undone);
  }

  private List<Intent> decide(Assessment assessed, Snapshot seen, Orders orders) {
    Situation situation = new Situation(seen, assessed, stages.mode(), orders, passage.now(), true);
    return Decision.allowed(stages.incidents(), stages.guards(), situation);
  }

  /** Writes down what changed before anything is done about it; returns what could not be. */
  Set<String> recordChanges(Instant at) {
    Set<String> unrecorded = new HashSet<>();
    List<Incident> changes = stages.incidents().takeChanges();
    for (Incident incident : changes) {
      boolean silenced = isSilenced(incident);
      if (!stages.record(incident, announcement(incident, silenced), silenced, at)) {
        unrecorded.add(incident.id());
      }
    }
    if (!changes.isEmpty()) {
      stages.recorder().tidy(at);
    }
    return unrecorded;
  }

  /** A silence is over, or people are to be reminded. */
  private void tellWhatIsOwed(Instant at) {
    Duration remind = stages.settings().alerts().pace().remind();
    for (Incident incident : stages.incidents().open()) {
      Announcement owed =
          announcer.owes(incident, passage.now(), remind)
              ? announcement(incident, isSilenced(incident))
              : null;
      if (owed != null) {
        stages.record(incident, owed, false, at);
      }
    }
  }

  private boolean isSilenced(Incident incident) {
    Orders orders = stages.orders().current();
    return Silences.about(orders, incident.diagnosis(), incident.rule(), incident.patient())
        .isPresent();
  }

  private @Nullable Announcement announcement(Incident incident, boolean silenced) {
    Duration remind = stages.settings().alerts().pace().remind();
    return announcer.of(incident, silenced, passage.now(), remind).orElse(null);
  }

  private Set<String> unitsToWatch(@Nullable Shadow shadow) {
    Set<String> units = new HashSet<>(stages.incidents().units());
    if (shadow != null) {
      units.addAll(shadow.units());
    }
    return units;
  }

  /** Whom a symptom or an open incident is about: they are looked at in every tick. */
  private Set<ProcessId> suspects(Assessment assessed) {
    Set<ProcessId> suspects = new HashSet<>();
    assessed.symptoms().stream()
        .map(Symptom::subject)
        .filter(ProcessId.class::isInstance)
        .forEach(subject -> suspects.add((ProcessId) subject));
    stages.incidents().open().forEach(each -> suspects.addAll(each.members()));
    return suspects;
  }

  /** What is not in the journal is not done: after a crash it might be done twice. */
  private void carryOut(Intent intent, Set<String> unrecorded) {
    if (unrecorded.contains(intent.incident())) {
      Outcome failed = new Outcome.Failed("not done: the journal could not be written");
      stages
          .incidents()
          .ended(new Report(intent.incident(), intent.rung(), failed, null), passage.now());
    } else {
      stages.actions().start(intent, passage.now());
    }
  }

  private void runErrands() {
    for (FutureTask<?> errand = errands.poll(); errand != null; errand = errands.poll()) {
      errand.run();
    }
  }

  /** Has the tick's thread do something between two ticks. */
  <T> Future<T> between(Callable<T> errand) {
    FutureTask<T> task = new FutureTask<>(errand);
    errands.add(task);
    return task;
  }

  /** What the last tick saw and decided; null before the first. */
  @Nullable Published published() {
    return published;
  }

  /** How long the last ticks took. */
  TickTimes times() {
    return times;
  }

  Duration now() {
    return passage.now();
  }
}
