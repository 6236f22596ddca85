package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Asked;
import org.medicd.fact.Proc;
import org.medicd.linux.proc.HeldStats;

/** What the census tells of a live load beside what pidstat and time tell of it. */
@Tag("alone")
class ProcessFiguresIT {
  /** Writes two megabytes to the disk and computes a while, many times a second. */
  private static final String LOAD =
      """
      import os, sys, time
      held = bytearray(48 << 20)
      for i in range(0, len(held), 4096): held[i] = 1
      end = time.time() + float(sys.argv[2])
      file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o600)
      while time.time() < end:
          os.pwrite(file, held[:2 << 20], 0); os.fsync(file)
          busy = time.perf_counter() + 0.05
          while time.perf_counter() < busy: pass
          time.sleep(0.05)
      """;

  private static final int SECONDS = 8;

  @TempDir Path folder;
  private final HeldStats held = new HeldStats(10_000);
  private final List<Process> started = new ArrayList<>();
  private Census census;

  @BeforeEach
  void begin() {
    census =
        new Census(
            Path.of("/proc"),
            held,
            new CensusSettings(
                Duration.ofSeconds(1),
                1 << 28,
                Duration.ofMinutes(10),
                1,
                folder.resolve("none"),
                new NumaNodes(Map.of())),
            System::nanoTime,
            InstantSource.system(),
            Map::of,
            List.of());
    census.ask(
        new Asked(Map.of("Proc", Set.of("io.writeBytesPerSecond", "io.contextSwitchesPerSecond"))));
  }

  @AfterEach
  void endAll() throws Exception {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    census.close();
    held.close();
  }

  private Process start(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out" + started.size()).toFile())
            .start();
    started.add(process);
    return process;
  }

  private Process load(int seconds, String... before) throws Exception {
    List<String> command = new ArrayList<>(List.of(before));
    String file = folder.resolve("written").toString();
    command.addAll(List.of("python3", "-c", LOAD, file, Integer.toString(seconds)));
    return start(command.toArray(String[]::new));
  }

  /** The columns of pidstat's line of averages below the header that has this column. */
  private static double average(String output, String column) {
    List<String> lines = output.lines().filter(line -> line.startsWith("Average:")).toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      int at = Arrays.asList(lines.get(i).split("\\s+")).indexOf(column);
      if (at >= 0) {
        return Double.parseDouble(lines.get(i + 1).split("\\s+")[at]);
      }
    }
    throw new AssertionError("no " + column + " in " + output);
  }

  @Test
  void agreeWithPidstat() throws Exception {
    int pid = (int) load(60).pid();
    look(pid, 2);
    Process tool = start("env", "LC_ALL=C", "pidstat", "-urd", "-p", "" + pid, "1", "" + SECONDS);
    List<Proc> seen = look(pid, SECONDS);
    assertThat(tool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String told = Files.readString(folder.resolve("out" + (started.size() - 1)));

    double cpu = seen.stream().mapToDouble(p -> p.cpuPercent()).average().orElseThrow();
    assertThat(cpu).isCloseTo(average(told, "%CPU"), within(8.0));
    double resident = seen.stream().mapToLong(Proc::rssBytes).average().orElseThrow();
    double residentTold = average(told, "RSS") * 1024;
    assertThat(resident).isCloseTo(residentTold, within(0.05 * residentTold));
    double written =
        seen.stream()
            .filter(p -> p.io().writeBytesPerSecond() != null)
            .mapToDouble(p -> p.io().writeBytesPerSecond())
            .average()
            .orElseThrow();
    double writtenTold = average(told, "kB_wr/s") * 1024;
    assertThat(written).isCloseTo(writtenTold, within(0.25 * writtenTold));
  }

  @Test
  void agreeWithTime() throws Exception {
    Process time = load(SECONDS, "/usr/bin/time", "-f", "cpu %U %S");
    double spent = 0;
    long before = System.nanoTime();
    while (time.isAlive()) {
      Proc child = childOf((int) time.pid());
      long now = System.nanoTime();
      if (child != null && child.cpuPercent() != null) {
        spent += child.cpuPercent() / 100 * (now - before) / 1e9;
      }
      before = now;
      time.waitFor(500, TimeUnit.MILLISECONDS);
    }
    String[] told =
        Files.readString(folder.resolve("out0"))
            .lines()
            .filter(line -> line.startsWith("cpu "))
            .findFirst()
            .orElseThrow()
            .split(" ");
    double truth = Double.parseDouble(told[1]) + Double.parseDouble(told[2]);
    assertThat(spent).isCloseTo(truth, within(0.15 * truth + 0.4));
  }

  private @org.jspecify.annotations.Nullable Proc childOf(int parent) {
    return census.look().processes().values().stream()
        .filter(proc -> proc.parent() == parent)
        .findFirst()
        .orElse(null);
  }

  /** Looks once a second. */
  private List<Proc> look(int pid, int seconds) throws Exception {
    List<Proc> seen = new ArrayList<>();
    Process self = started.get(0);
    for (int i = 0; i < seconds; i++) {
      assertThat(self.waitFor(1, TimeUnit.SECONDS)).isFalse();
      Proc proc = Seen.process(census.look(), pid);
      if (proc.cpuPercent() != null) {
        census.suspect(Set.of(proc.id()));
        seen.add(proc);
      }
    }
    return seen;
  }
}
