package org.medicd.collect.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.fact.Births;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.lab.NeedsInitialNamespaces;
import org.medicd.linux.netlink.ProcConnector;
import org.medicd.linux.proc.HeldStats;

/** Births of processes of this test's own, counted on the real host. */
@Tag("alone")
@Tag("once")
class LiveBirthRatesTest {
  private static final Duration TICK = Duration.ofMillis(500);

  /** Seconds of age after which nothing but its work is in the average over ten. */
  private static final int WINDOW = 12;

  /** Three and a sleep each round; counts them. */
  private static final String LOOP =
      "n=0; while :; do /bin/true; /bin/true; /bin/true; sleep 0.007; n=$((n + 4)); echo $n > $1;"
          + " done";

  /** Two each round, of which one lasts; counts that. */
  private static final String SLOW_LOOP =
      "n=0; while :; do sleep 30 & sleep 0.2; n=$((n + 1)); echo $n > $1; done";

  @TempDir private Path folder;

  private final List<Process> started = new ArrayList<>();
  private final HeldStats held = new HeldStats(10_000);
  private final Census census =
      new Census(
          Path.of("/proc"),
          held,
          new CensusSettings(
              Duration.ofSeconds(1),
              1 << 28,
              Duration.ofMinutes(10),
              1,
              Path.of("/etc/passwd"),
              new NumaNodes(Map.of())),
          System::nanoTime,
          InstantSource.system(),
          Map::of,
          List.of());
  private final List<Long> lookNanos = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private Set<ProcessId> known = Set.of();

  @AfterEach
  void endAll() throws Exception {
    for (Process process : started) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().waitFor();
      children.forEach(ProcessHandle::destroyForcibly);
    }
    census.close();
    held.close();
  }

  @Test
  @NeedsInitialNamespaces
  void seesAStormOfProcessesThatLiveForMilliseconds() throws Exception {
    try (ProcConnector connector = live()) {
      BirthRates rates = new BirthRates(connector.listen());
      look(rates);
      Path counter = folder.resolve("counter");
      int pid = start("bash", "-c", LOOP, "bash", counter.toString());
      Births births =
          awaited(
              rates,
              Duration.ofSeconds(80),
              each -> isOf(each, pid) && each.exact() && ran(pid, WINDOW));
      double truth = truth();
      assertThat(births.by()).endsWith("bash");
      assertThat(births.perSecond()).isBetween(truth * 0.7, truth * 1.3);
    }
  }

  @Test
  void countsThoseThatLivedWhereTheKernelTellsNothing() throws Exception {
    BirthRates rates = new BirthRates(null);
    look(rates);
    Path counter = folder.resolve("counter");
    int pid = start("bash", "-c", SLOW_LOOP, "bash", counter.toString());
    Births births =
        awaited(rates, Duration.ofSeconds(80), each -> isOf(each, pid) && ran(pid, WINDOW));
    double truth = truth();
    assertThat(births.perSecond()).isBetween(truth * 0.7, truth * 2.6);
    assertThat(births.executable()).endsWith("sleep");
    assertThat(births.exact()).isFalse();
  }

  @Test
  @NeedsInitialNamespaces
  void aForkBombIsOneLineage() throws Exception {
    try (ProcConnector connector = live()) {
      BirthRates rates = new BirthRates(connector.listen());
      look(rates);
      Path bomber = Files.copy(Path.of("/bin/dash").toRealPath(), folder.resolve("bomber"));
      ProcessBuilder builder =
          new ProcessBuilder("bash", "src/test/lab/fork-bomb.sh", "100", bomber.toString());
      Process script = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      started.add(script);
      try (BufferedReader out = script.inputReader()) {
        assertThat(out.readLine()).startsWith("bombing ");
        int pid = (int) script.pid();
        awaited(
            rates,
            Duration.ofSeconds(80),
            each -> ran(pid, WINDOW) && isOfBomb(each, script, bomber));
        assertThat(look(rates)).filteredOn(each -> isOfBomb(each, script, bomber)).hasSize(1);
      } finally {
        script.outputWriter().close(); // it then tidies up
        assertThat(script.waitFor()).isZero();
      }
    }
  }

  private static boolean isOfBomb(Births births, Process script, Path bomber) {
    boolean owned =
        births.owner() instanceof ProcessId owner
            && Stream.concat(Stream.of(script.toHandle()), script.descendants())
                .anyMatch(each -> each.pid() == owner.pid());
    return births.perSecond() > 10
        && (owned
            || births.by().equals(bomber.toString())
            || births.executable().equals(bomber.toString()));
  }

  private static boolean isOf(Births births, int pid) {
    return births.owner() instanceof ProcessId owner && owner.pid() == pid;
  }

  private static ProcConnector live() throws Exception {
    ProcConnector connector = ProcConnector.open(System::nanoTime);
    await().atMost(Duration.ofSeconds(10)).until(connector::isLive);
    return connector;
  }

  private int start(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return (int) process.pid();
  }

  private Births awaited(BirthRates rates, Duration most, Predicate<Births> wanted) {
    return await()
        .pollInterval(TICK)
        .atMost(most)
        .until(() -> first(rates, wanted), found -> found != null);
  }

  private @Nullable Births first(BirthRates rates, Predicate<Births> wanted) {
    return look(rates).stream().filter(wanted).findFirst().orElse(null);
  }

  private List<Births> look(BirthRates rates) {
    long now = System.nanoTime();
    lookNanos.add(now);
    long before = counts.isEmpty() ? 0 : counts.get(counts.size() - 1);
    counts.add(Math.max(before, count(folder.resolve("counter")))); // the shell may be at it
    Map<Integer, Proc> processes = census.look().processes();
    List<Proc> born =
        processes.values().stream().filter(each -> !known.contains(each.id())).toList();
    Set<ProcessId> all = new HashSet<>();
    processes.values().forEach(each -> all.add(each.id()));
    known = all;
    return rates.look(
        new Scene(now, InstantSource.system().instant(), processes, born, Set.of(), new Gaps()));
  }

  private static long count(Path counter) {
    try {
      String count = Files.exists(counter) ? Files.readString(counter).strip() : "";
      return count.isEmpty() ? 0 : Long.parseLong(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of those looks that the average of the last one is made of: on a busy machine they are few. */
  private double truth() {
    long last = lookNanos.get(lookNanos.size() - 1);
    int first = lookNanos.size() - 1;
    while (last - lookNanos.get(first - 1) < 10_000_000_000L) {
      first--;
    }
    return (counts.get(counts.size() - 1) - counts.get(first - 1)) / 10.0;
  }

  private static double ageSeconds(int pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> Duration.between(start, InstantSource.system().instant()).toMillis() / 1e3)
        .orElse(0.0);
  }

  private static boolean ran(int pid, int seconds) {
    return ageSeconds(pid) >= seconds;
  }
}
