package org.medicd.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Assessment;
import org.medicd.rule.RuleEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One pass of the shipped rules over a host of which some processes have stirred. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuleBench {
  private static final int PROCESSES = 3_000;

  @Param({"0", "100", "3000"})
  int stirring;

  /** What their CPU reaches: no symptom, or one for each of them. */
  @Param({"5", "95"})
  double percent;

  private List<Snapshot> turns = List.of();
  private RuleEngine engine;
  private int turn;

  @Setup(Level.Trial)
  public void load() {
    engine = ShippedRules.engine();
    engine.consider(snapshot(0, PROCESSES));
    turns = List.of(snapshot(percent, stirring), snapshot(percent + 1, stirring));
  }

  private static Snapshot snapshot(double cpu, int stirring) {
    Map<Integer, Proc> processes = new HashMap<>();
    List<Integer> stirred = new ArrayList<>();
    for (int pid = 1; pid <= PROCESSES; pid++) {
      boolean stirs = pid <= stirring;
      processes.put(pid, new ProcessMaker(pid).named("n" + pid).cpu(stirs ? cpu : 0).make());
      if (stirs) {
        stirred.add(pid);
      }
    }
    return new Snapshot(
        Instant.EPOCH,
        Duration.ofSeconds(1),
        null,
        Map.copyOf(processes),
        stirred,
        Map.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }

  @Benchmark
  public Assessment consider() {
    return engine.consider(turns.get(turn++ & 1));
  }
}
