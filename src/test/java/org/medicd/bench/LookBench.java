package org.medicd.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.HeldStats;
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

/**
 * One look at every process of a live host, over and over. What one process costs is the difference
 * between two sizes of the crowd, divided by the difference of the sizes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LookBench {
  @Param({"1000", "3000"})
  int processes;

  /** Who rests, and who stirs: a page fault twice a second. */
  @Param({"resting", "stirring"})
  String crowd;

  private final HeldStats held = new HeldStats(20_000);
  private Process others;
  private Census census;

  @Setup(Level.Trial)
  public void gather() throws IOException {
    boolean rests = crowd.equals("resting");
    others =
        new ProcessBuilder(
                System.getProperty("medicd.crowd"),
                rests ? String.valueOf(processes) : "0",
                "0",
                rests ? "0" : String.valueOf(processes))
            .start();
    others.inputReader().readLine();
    census =
        new Census(
            Path.of("/proc"),
            held,
            new CensusSettings(
                Duration.ofSeconds(1),
                1L << 28,
                Duration.ofMinutes(10),
                1,
                Path.of("/etc/passwd"),
                new NumaNodes(Map.of())),
            System::nanoTime,
            InstantSource.system(),
            Map::of,
            List.of());
    try (RuleEngine engine = ShippedRules.engine()) {
      census.ask(engine.asked());
    }
  }

  @TearDown(Level.Trial)
  public void disperse() throws InterruptedException {
    census.close();
    held.close();
    others.destroyForcibly().waitFor();
  }

  @Benchmark
  public Snapshot look() {
    return census.look();
  }
}
