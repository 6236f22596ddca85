package org.medicd.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Crashes side by side, each with processes and folders of its own: most of their time they wait.
 */
final class Crashes {
  private static final int AT_ONCE = 6;

  private final Path killAt;
  private final Path base;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * What came of one.
   *
   * @param points where the daemon was to be killed, in its lives
   * @param kills how often it was: less where there was no such point
   * @param failure what was wrong; empty: nothing
   */
  record Outcome(List<KillPoint> points, int kills, String failure) {
    boolean isGood() {
      return failure.isEmpty();
    }
  }

  /**
   * @param killAt the program, built from src/test/lab/kill-at.c
   * @param base folder for those of the single runs
   */
  Crashes(Path killAt, Path base) {
    this.killAt = killAt;
    this.base = base;
  }

  /** One run on this thread, that must be right; returns what was passed in it. */
  Passed run(Scenario.Beginning scenario, List<KillPoint> points) throws Exception {
    String name = "crash-" + number.incrementAndGet();
    Path folder = Files.createDirectory(base.resolve(name));
    try {
      return Crash.run(folder, killAt, scenario, name, points);
    } finally {
      delete(folder);
    }
  }

  /** A run for {@link #all}. */
  Callable<Outcome> of(Scenario.Beginning scenario, List<KillPoint> points) {
    return () -> {
      try {
        return new Outcome(points, run(scenario, points).kills().size(), "");
      } catch (Exception | AssertionError e) {
        return new Outcome(points, 0, String.valueOf(e.getMessage()));
      }
    };
  }

  /** Runs them, a few at a time. */
  static List<Outcome> all(List<Callable<Outcome>> runs)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Outcome>> running = runs.stream().map(threads::submit).toList();
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> each : running) {
        outcomes.add(each.get());
      }
      return outcomes;
    } finally {
      threads.shutdown();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
