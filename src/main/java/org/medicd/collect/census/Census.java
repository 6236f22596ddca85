package org.medicd.collect.census;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.Fact;
import org.medicd.fact.Host;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.proc.HostStat;

/**
 * Looks at every process and at the host, once a tick and on the tick's thread. Nothing that it
 * reads there can block; what may is read beside it and shows in a later look.
 */
public final class Census implements AutoCloseable {
  private static final int LOOKS_PER_PASSWD = 300;
  private static final int LOOKS_PER_LIST = 8;

  private final ProcTree tree;
  private final CensusSettings settings;
  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final Supplier<Map<String, Unit>> units;
  private final Details details;
  private final HostLook hostLook;
  private final Roll roll;
  private final Crowd crowd = new Crowd();
  private final Unrest unrest = new Unrest();
  private final Texts texts = new Texts();
  private final CpuGroups groups;
  private final Aspects aspects;
  private final ThreadWatch threadWatch = new ThreadWatch();
  private @Nullable Long lastNanos;
  private Wanted wanted = Wanted.NOTHING;
  private Set<ProcessId> suspects = Set.of();
  private Map<Integer, Proc> processes = Map.of();
  private @Nullable Host host;
  private long tick;
  private @Nullable Long forks;

  /**
   * @param proc /proc, or a captured copy of it
   * @param held takes the descriptors of the processes that are seen; stays the caller's to close
   * @param monotonicNanos as System.nanoTime; for rates and durations
   * @param wall for the record only
   * @param units what is known of units at the moment, by name; must not block
   * @param collectors of the other aspects; theirs is what {@link #ask} says
   */
  public Census(
      Path proc,
      HeldStats held,
      CensusSettings settings,
      LongSupplier monotonicNanos,
      InstantSource wall,
      Supplier<Map<String, Unit>> units,
      List<Collector> collectors) {
    this.tree = new ProcTree(proc);
    this.settings = settings;
    this.monotonicNanos = monotonicNanos;
    this.wall = wall;
    this.units = units;
    this.details = new Details(tree, settings.passwd(), monotonicNanos);
    this.hostLook = new HostLook(tree, settings.tick());
    this.roll = new Roll(tree, held);
    this.groups = CpuGroups.of(tree);
    this.aspects = new Aspects(collectors);
  }

  /** Says what the loaded rules ask for; before the first look, and when others are loaded. */
  public void ask(Asked asked) {
    wanted = Wanted.of(asked);
    aspects.ask(asked);
  }

  /** Names processes that a symptom or an open incident is about: they are missed in no tick. */
  public void suspect(Set<ProcessId> named) {
    suspects = Set.copyOf(named);
  }

  /** Looks once. To be called by one thread only. */
  public Snapshot look() {
    long nowNanos = monotonicNanos.getAsLong();
    Instant at = wall.instant();
    long beforeNanos = lastNanos == null ? nowNanos : lastNanos;
    lastNanos = nowNanos;
    tick++;
    if (tick % LOOKS_PER_PASSWD == 0) {
      details.askPasswd();
    }
    Duration elapsed = Duration.ofNanos(nowNanos - beforeNanos);
    Gaps gaps = new Gaps();
    HostStat stat = hostLook.stat(gaps);
    Look look =
        new Look(
            tree,
            details,
            settings,
            texts,
            groups,
            wanted,
            tick,
            nowNanos,
            beforeNanos,
            boot(stat, at),
            at,
            host,
            gaps);
    roll.begin();
    if (mayBeOthers(stat)) {
      roll.attend(look);
    }
    crowd.name(suspects, roll.all());
    roll.readDue(look);
    readTheRestIfFelt(stat, look);
    processes = crowd.show(roll, look);
    host = stat == null ? null : hostLook.look(stat, crowd.population(), elapsed, gaps);
    if (stat != null && host != null) {
      threadWatch.look(roll.all(), stat, host, look);
    }
    gaps.addAll(details.check());
    Scene scene = new Scene(nowNanos, at, processes, crowd.born(), suspects, gaps);
    List<Fact> facts = new ArrayList<>(hostLook.pressures(gaps));
    facts.addAll(aspects.look(scene));
    aspects.forEachStirred(roll::stir);
    return new Snapshot(
        at,
        elapsed,
        host,
        processes,
        crowd.stirred(),
        Map.copyOf(units.get()),
        List.copyOf(facts),
        aspects.reports(),
        gaps.toList());
  }

  /**
   * Whether the list of pids may be another than in the look before. The count of forks is of the
   * whole host; where it stands still a list now and then finds who ended.
   */
  private boolean mayBeOthers(@Nullable HostStat stat) {
    Long now = stat == null ? null : stat.forks();
    boolean same = now != null && now > 0 && now.equals(forks);
    forks = now;
    return !same || tick % LOOKS_PER_LIST == 0;
  }

  /** Those who rest are read at once where a counter tells that one of them has woken. */
  private void readTheRestIfFelt(@Nullable HostStat stat, Look look) {
    if (groups.feel(tick)) {
      roll.readTheRest(look, Watched::isInFeltGroup);
    }
    if (unrest.isFelt(stat, roll.explainedMicros(), crowd.population().blocked(), tick)) {
      long waking = roll.wakingMicros();
      roll.readTheRest(look, one -> true);
      unrest.answered(roll.wakingMicros() - waking, roll.foundInD(), tick);
    }
    groups.settle(tick);
  }

  @Override
  public void close() {
    details.close();
    aspects.close();
    roll.close();
    groups.close();
  }

  /** By the kernel's own account; where that is hidden, by the time since boot. */
  private static Instant boot(@Nullable HostStat stat, Instant at) {
    return stat != null ? Instant.ofEpochSecond(stat.bootSeconds()) : at.minus(Kernel.sinceBoot());
  }
}
