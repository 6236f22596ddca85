package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.medicd.fact.Gap;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * The units that somebody is interested in, asked for beside the tick by one thread of its own.
 * What could not be read is absent and a gap says why.
 */
public final class UnitWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UnitWatch.class.getName());

  /** What one round saw; both parts are of the same round. */
  private record View(Map<String, Unit> units, List<Gap> gaps) {}

  private final UnitReader systemd;
  private final Duration limit;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "unit-watch");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile Set<String> names = Set.of();
  private volatile View view = new View(Map.of(), List.of());

  /**
   * @param period between two rounds
   * @param limit for the answer about one unit
   */
  public UnitWatch(UnitReader systemd, Duration period, Duration limit) {
    this.systemd = systemd;
    this.limit = limit;
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

  /** What was last read, by name. Never blocks. */
  public Map<String, Unit> current() {
    return view.units();
  }

  /** Why a watched unit is absent from {@link #current}. Never blocks. */
  public List<Gap> gaps() {
    return view.gaps();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** An exception would end the schedule. */
  private void refreshSafely() {
    try {
      view = read(new TreeSet<>(names));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the watched units could not be read", e);
      view = new View(Map.of(), List.of(new Gap("unit", "all watched units", String.valueOf(e))));
    }
  }

  /** Where systemd is silent about one unit, the others are not asked for: each would wait too. */
  private View read(Set<String> wanted) {
    Map<String, Unit> units = new HashMap<>();
    List<Gap> gaps = new ArrayList<>();
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
        if (e.kind() == Kind.UNREACHABLE || e.kind() == Kind.TIMED_OUT) {
          silence = reason;
        }
      }
    }
    return new View(Map.copyOf(units), List.copyOf(gaps));
  }
}
