package org.medicd.collect.census;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
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

  private final ProcTree tree;
  private final CensusSettings settings;
  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final Supplier<Map<String, Unit>> units;
  private final Details details;
  private final HostLook hostLook;
  private final Roll roll;
  private final Aspects aspects;
  private final ThreadWatch threadWatch = new ThreadWatch();
  private @Nullable Long lastNanos;
  private int looks;

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
    this.hostLook = new HostLook(tree);
    this.roll = new Roll(tree, held);
    this.aspects = new Aspects(collectors);
  }

  /** Says what the loaded rules ask for; before the first look, and when others are loaded. */
  public void ask(Asked asked) {
    aspects.ask(asked);
  }

  /** Looks once. To be called by one thread only. */
  public Snapshot look() {
    long nowNanos = monotonicNanos.getAsLong();
    Instant at = wall.instant();
    Duration elapsed = lastNanos == null ? Duration.ZERO : Duration.ofNanos(nowNanos - lastNanos);
    lastNanos = nowNanos;
    if (++looks % LOOKS_PER_PASSWD == 0) {
      details.askPasswd();
    }
    Gaps gaps = new Gaps();
    Look look = new Look(tree, details, settings, nowNanos, elapsed, gaps);
    HostStat stat = hostLook.stat(gaps);
    Collection<Watched> all = roll.call(boot(stat, at), gaps);
    Host host = stat == null ? null : hostLook.look(stat, population(all), elapsed, gaps);
    if (stat != null && host != null) {
      threadWatch.look(all, stat, host, look);
    }
    Map<Integer, Proc> processes = processes(all, look);
    gaps.addAll(details.check());
    Scene scene = new Scene(nowNanos, at, processes, List.of(), Set.of(), gaps);
    List<Fact> facts = new ArrayList<>(hostLook.pressures(gaps));
    facts.addAll(aspects.look(scene));
    return new Snapshot(
        at,
        elapsed,
        host,
        Collections.unmodifiableMap(processes),
        List.copyOf(processes.keySet()),
        Map.copyOf(units.get()),
        List.copyOf(facts),
        aspects.reports(),
        gaps.toList());
  }

  @Override
  public void close() {
    details.close();
    aspects.close();
  }

  /** By the kernel's own account; where that is hidden, by the time since boot. */
  private static Instant boot(@Nullable HostStat stat, Instant at) {
    return stat != null ? Instant.ofEpochSecond(stat.bootSeconds()) : at.minus(Kernel.sinceBoot());
  }

  private static Population population(Collection<Watched> all) {
    int zombies = 0;
    int blocked = 0;
    for (Watched watched : all) {
      zombies += watched.stat().isZombie() ? 1 : 0;
      blocked += watched.stat().state() == 'D' ? 1 : 0;
    }
    return new Population(all.size(), zombies, blocked);
  }

  private static Map<Integer, Proc> processes(Collection<Watched> all, Look look) {
    Map<Integer, Integer> zombiesByParent = new HashMap<>();
    for (Watched watched : all) {
      if (watched.stat().isZombie()) {
        zombiesByParent.merge(watched.stat().parent(), 1, Integer::sum);
      }
    }
    Map<Integer, Proc> processes = new HashMap<>(all.size() * 2);
    for (Watched watched : all) {
      int pid = watched.stat().pid();
      processes.put(pid, watched.look(look, zombiesByParent.getOrDefault(pid, 0)));
    }
    return processes;
  }
}
