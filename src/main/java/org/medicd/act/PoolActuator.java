package org.medicd.act;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.PoolBounds;
import org.medicd.linux.systemd.JobResult;
import org.medicd.linux.systemd.ListedUnit;
import org.medicd.linux.systemd.PoolChange;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/**
 * Starts and stops instances of a template unit, within the bounds of the configuration. It counts
 * them itself, so that it does not matter how often it is asked. A pool grows by its lowest free
 * numbers and shrinks by its highest; an instance that failed is left to its own rules.
 */
public final class PoolActuator implements Actuator {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration JOBS = Duration.ofSeconds(90);

  private final SystemdBus systemd;
  private final Supplier<List<PoolBounds>> pools;

  /**
   * @param pools those of the configuration, as it is now
   */
  public PoolActuator(SystemdBus systemd, Supplier<List<PoolBounds>> pools) {
    this.systemd = systemd;
    this.pools = pools;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.SCALE_POOL);
  }

  @Override
  public Duration deadline() {
    return LOOK.plus(JOBS).plusSeconds(5);
  }

  @Override
  public Report act(Intent intent) {
    return new Report(intent.incident(), intent.rung(), outcome(intent), null);
  }

  private Outcome outcome(Intent intent) {
    PoolBounds pool = pool(intent.patient().unit());
    if (pool == null) {
      return new Outcome.Failed("the configuration has no such pool: " + intent.patient().unit());
    }
    try {
      PoolChange change = PoolChange.parse(String.valueOf(intent.action().argument()));
      return scale(pool, change, systemd.list(LOOK));
    } catch (SystemdException e) {
      return UnitActuator.outcome(e);
    }
  }

  private @Nullable PoolBounds pool(@Nullable String template) {
    return pools.get().stream()
        .filter(each -> each.template().equals(template))
        .findFirst()
        .orElse(null);
  }

  private Outcome scale(PoolBounds pool, PoolChange change, List<ListedUnit> units)
      throws SystemdException {
    NavigableSet<Integer> running = new TreeSet<>();
    Set<Integer> taken = new TreeSet<>();
    for (ListedUnit unit : units) {
      OptionalInt number = pool.numberOf(unit.name());
      if (number.isPresent() && !unit.activeState().equals("inactive")) {
        taken.add(number.getAsInt());
        if (runs(unit)) {
          running.add(number.getAsInt());
        }
      }
    }
    int wanted = change.from(running.size(), pool.min(), pool.max());
    if (running.isEmpty()) {
      return new Outcome.Failed("no instance of " + pool.template() + " runs: the pool is off");
    }
    if (wanted == running.size()) {
      String end = change.grows() ? "has all it may: max " + pool.max() : "is at its least";
      return new Outcome.Failed(pool.template() + " " + end + ", " + running.size() + " run");
    }
    List<Integer> numbers =
        change.grows()
            ? IntStream.iterate(1, number -> number + 1)
                .filter(number -> !taken.contains(number))
                .limit(wanted - running.size())
                .boxed()
                .toList()
            : running.descendingSet().stream().limit(running.size() - wanted).toList();
    return run(pool, change, numbers, running.size());
  }

  private Outcome run(PoolBounds pool, PoolChange change, List<Integer> numbers, int before)
      throws SystemdException {
    List<String> names = numbers.stream().map(pool::instance).toList();
    Map<String, JobResult> jobs =
        change.grows() ? systemd.startAll(names, JOBS) : systemd.stopAll(names, JOBS);
    List<String> failed = new ArrayList<>();
    jobs.forEach(
        (name, job) -> {
          if (!job.isDone()) {
            failed.add(name + ": " + job.result());
          }
        });
    int done = names.size() - failed.size();
    int after = change.grows() ? before + done : before - done;
    String told =
        "%s: from %d to %d instances, %s %s"
            .formatted(
                pool.template(),
                before,
                after,
                change.grows() ? "started" : "stopped",
                String.join(", ", numbers.stream().map(String::valueOf).toList()));
    String but = failed.isEmpty() ? "" : "; not done: " + String.join(", ", failed);
    return done > 0 ? new Outcome.Done(told + but) : new Outcome.Failed(told + but);
  }

  private static boolean runs(ListedUnit unit) {
    return switch (unit.activeState()) {
      case "active", "reloading", "activating" -> true;
      default -> false;
    };
  }
}
