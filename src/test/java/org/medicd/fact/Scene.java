package org.medicd.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A host for tests: says what is seen in the next tick. */
public final class Scene {
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final Map<Integer, Proc> processes = new LinkedHashMap<>();
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private Set<Integer> told = Set.of();
  private Duration since = Duration.ZERO;
  private int zombies;
  private @Nullable Long uptimeMinutes = 120L;
  private double cpuAvg10 = 95;
  private double memoryUsedPercent = 95;

  /** A process as {@link ProcessMaker} makes it; replaces the one of the same pid. */
  public Scene has(int pid, UnaryOperator<ProcessMaker> how) {
    processes.put(pid, how.apply(new ProcessMaker(pid)).make());
    return this;
  }

  public Scene gone(int pid) {
    processes.remove(pid);
    return this;
  }

  public Scene unit(String name, String activeState) {
    units.put(
        name,
        new Unit(
            name,
            activeState,
            "",
            "success",
            "simple",
            null,
            "id-1",
            Duration.ofSeconds(5),
            true,
            0));
    return this;
  }

  public Scene unit(Unit unit) {
    units.put(unit.name(), unit);
    return this;
  }

  public Scene fact(Fact fact) {
    facts.add(fact);
    return this;
  }

  public Scene noFact(Fact fact) {
    facts.remove(fact);
    return this;
  }

  public Scene noFacts() {
    facts.clear();
    return this;
  }

  public Scene gap(String aspect, String subject) {
    gaps.add(new Gap(aspect, subject, "made for a test"));
    return this;
  }

  public Scene zombies(int count) {
    zombies = count;
    return this;
  }

  public Scene hostCpu(double percent) {
    cpuAvg10 = percent;
    return this;
  }

  public Scene upFor(@Nullable Long minutes) {
    uptimeMinutes = minutes;
    return this;
  }

  public Scene memoryUsed(double percent) {
    memoryUsedPercent = percent;
    return this;
  }

  public @Nullable Proc process(int pid) {
    return processes.get(pid);
  }

  /** When it was looked at last. */
  public Instant now() {
    return START.plus(since);
  }

  /** What is seen after that much time has passed. */
  public Snapshot after(Duration elapsed) {
    return after(elapsed, elapsed);
  }

  /** The same when the wall clock was set meanwhile, so that it went by another time. */
  public Snapshot after(Duration elapsed, Duration byWallClock) {
    since = since.plus(byWallClock);
    Host host =
        new Host(
            2,
            cpuAvg10,
            cpuAvg10,
            0.0,
            0.0,
            8L << 30,
            4L << 30,
            memoryUsedPercent,
            0L,
            0L,
            1.0,
            1.0,
            1.0,
            processes.size(),
            zombies,
            0,
            0L,
            uptimeMinutes,
            Host.Cpu.UNKNOWN,
            Host.Memory.UNKNOWN,
            Host.Paging.UNKNOWN,
            Host.Tasks.UNKNOWN,
            Host.Files.UNKNOWN);
    Set<Integer> stirred = new HashSet<>(processes.keySet());
    stirred.addAll(told);
    told = Set.copyOf(processes.keySet());
    return new Snapshot(
        START.plus(since),
        elapsed,
        host,
        Map.copyOf(processes),
        stirred,
        Map.copyOf(units),
        List.copyOf(facts),
        List.of(),
        List.copyOf(gaps));
  }
}
