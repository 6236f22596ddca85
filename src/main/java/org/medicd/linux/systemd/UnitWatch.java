package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Gap;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * What is known of units; one thread of its own keeps it, beside the tick. The units that somebody
 * watches are asked for each period, and what goes with them is known; while a rule asks for units,
 * all others are followed by their signals. What could not be read is absent and a gap says why.
 */
public final class UnitWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UnitWatch.class.getName());

  /** Signals that come together are one round; they must still show within a tick. */
  private static final long GATHER_MILLIS = 250;

  /**
   * What one round saw; all parts are of the same round.
   *
   * @param units read in full
   * @param beside known by their states alone
   * @param silence why the bus tells of no unit; empty where it does
   */
  private record View(Map<String, Unit> units, List<Unit> beside, String silence, List<Gap> gaps) {
    static final View NONE = new View(Map.of(), List.of(), "", List.of());
  }

  private final UnitReader systemd;
  private final UnitChanges changes = new UnitChanges(this::wake);
  private final @Nullable AllUnits all;
  private final @Nullable UnitTies ties;
  private final Duration limit;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final StartCounts counts = new StartCounts();
  private final PopulatedUnits populated = new PopulatedUnits();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "unit-watch");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile Set<String> names = Set.of();
  private volatile boolean asked;
  private volatile View view = View.NONE;
  private volatile @Nullable View told;

  /** One that knows the watched units only. The parameters are those of the other. */
  public UnitWatch(UnitReader systemd, Duration period, Duration limit) {
    this.systemd = systemd;
    this.limit = limit;
    this.all = null;
    this.ties = null;
    begin(period);
  }

  /**
   * @param period between two looks at what is watched
   * @param limit for each answer
   */
  public UnitWatch(UnitBus systemd, Duration period, Duration limit) {
    this.systemd = systemd;
    this.limit = limit;
    this.all = new AllUnits(systemd, limit, changes);
    this.ties = new UnitTies(systemd, limit, changes);
    begin(period);
  }

  private void begin(Duration period) {
    thread.scheduleWithFixedDelay(
        this::refreshSafely, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Replaces the names that are watched; a new one is asked for at once. */
  public void watch(Set<String> wanted) {
    Set<String> before = names;
    names = Set.copyOf(wanted);
    if (!before.containsAll(wanted)) {
      thread.execute(this::refreshSafely);
    }
  }

  /** Whether any rule asks for units: then all are followed. Nothing is connected before. */
  public void follow(boolean wanted) {
    boolean before = asked;
    asked = wanted;
    if (wanted != before) {
      told = null;
      thread.execute(this::refreshSafely);
    }
  }

  /** What was last read in full, by name. Never blocks. */
  public Map<String, Unit> current() {
    View last = told;
    return (last != null ? last : view).units();
  }

  /**
   * The units beside {@link #current}, while all are followed: those whose states alone are known.
   * Where the bus is silent, those that have processes. Both stay as they are until the next call,
   * once a tick. Never blocks.
   *
   * @param withProcesses units that have processes now
   */
  public List<Unit> beside(Set<String> withProcesses) {
    View now = view;
    told = asked ? now : null;
    return now.silence().isEmpty()
        ? now.beside()
        : populated.of(withProcesses, now.units().keySet());
  }

  /** Why a unit is absent from {@link #current}. Never blocks. */
  public List<Gap> gaps() {
    return view.gaps();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Any thread; signals that come while a round is due are part of it. */
  private void wake() {
    if ((asked || !names.isEmpty()) && woken.compareAndSet(false, true)) {
      try {
        thread.schedule(this::refreshSafely, GATHER_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        return; // closed: nobody looks any more
      }
    }
  }

  /** An exception would end the schedule. */
  private void refreshSafely() {
    woken.set(false);
    try {
      view = read(new TreeSet<>(names));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the watched units could not be read", e);
      view =
          new View(
              Map.of(),
              List.of(),
              "",
              List.of(new Gap("unit", "all watched units", String.valueOf(e))));
    }
  }

  private View read(Set<String> wanted) {
    long now = System.nanoTime();
    Map<String, Unit> units = new HashMap<>();
    List<Gap> gaps = new ArrayList<>();
    List<String> missing = readEach(wanted, units, gaps);
    if (all == null || ties == null) {
      return new View(counted(units, missing, now), List.of(), "", List.copyOf(gaps));
    }
    UnitChanges.News news = changes.take();
    Map<String, Unit.Ties> tied = ties.round(List.copyOf(units.keySet()), news, now);
    if (ties.isBusy()) {
      wake();
    }
    if (!asked) {
      all.forget("");
      return new View(counted(tied(units, tied), missing, now), List.of(), "", List.copyOf(gaps));
    }
    units.values().forEach(all::seen);
    all.round(news, now);
    all.read().forEach(units::putIfAbsent);
    if (!all.silence().isEmpty()) {
      gaps.add(
          new Gap(
              "unit",
              "all units",
              "those with processes are taken for active: the bus is silent: " + all.silence()));
    }
    if (all.isBusy()) {
      wake();
    }
    List<Unit> beside =
        all.listed().values().stream().filter(unit -> !units.containsKey(unit.name())).toList();
    return new View(
        counted(tied(units, tied), missing, now), beside, all.silence(), List.copyOf(gaps));
  }

  private Map<String, Unit> counted(Map<String, Unit> units, List<String> missing, long now) {
    missing.forEach(name -> units.put(name, Unit.missing(name)));
    return counts.of(units, now);
  }

  private static Map<String, Unit> tied(Map<String, Unit> units, Map<String, Unit.Ties> ties) {
    ties.forEach((name, its) -> units.computeIfPresent(name, (same, unit) -> unit.tied(its)));
    return units;
  }

  /**
   * Where systemd is silent about one unit, the others are not asked for: each would wait too.
   * Returns those that it does not have.
   */
  private List<String> readEach(Set<String> wanted, Map<String, Unit> units, List<Gap> gaps) {
    List<String> missing = new ArrayList<>();
    String silence = "";
    for (String name : wanted) {
      if (!silence.isEmpty()) {
        gaps.add(new Gap("unit", name, silence));
        continue;
      }
      try {
        units.put(name, systemd.unit(name, limit));
      } catch (SystemdException e) {
        String reason = String.valueOf(e.getMessage());
        gaps.add(new Gap("unit", name, reason));
        if (e.kind() == Kind.NO_SUCH_UNIT) {
          missing.add(name);
        }
        if (e.kind() == Kind.UNREACHABLE || e.kind() == Kind.TIMED_OUT) {
          silence = reason;
        }
      }
    }
    return missing;
  }
}
