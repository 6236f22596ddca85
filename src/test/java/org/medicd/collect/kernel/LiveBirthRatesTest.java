package org.medicd.collect.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.fact.Births;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.lab.NeedsInitialNamespaces;
import org.medicd.linux.netlink.ProcConnector;
import org.medicd.linux.proc.HeldStats;

/** Births of processes of this test's own, counted on the real host. */
class LiveBirthRatesTest {
  private static final Duration TICK = Duration.ofMillis(500);

  /** Three and a sleep each round; counts them. */
  private static final String LOOP =
      "n=0; while :; do /bin/true; /bin/true; /bin/true; sleep 0.007; n=$((n + 4)); echo $n > $1;"
          + " done";

  @TempDir private Path folder;

  private final List<Process> started = new ArrayList<>();
  private final HeldStats held = new HeldStats(10_000);
  private final Census census =
      new Census(
          Path.of("/proc"),
          held,
          new CensusSettings(1 << 28, Duration.ofMinutes(10), 1, Path.of("/etc/passwd")),
          System::nanoTime,
          InstantSource.system(),
          Map::of,
          List.of());
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
              Duration.ofSeconds(40),
              each -> isOf(each, pid) && each.exact() && ran(pid, 11));
      double truth = Long.parseLong(Files.readString(counter).strip()) / ageSeconds(pid);
      assertThat(births.by()).endsWith("bash");
      assertThat(births.perSecond()).isBetween(truth * 0.7, truth * 1.3).isGreaterThan(50);
    }
  }

  @Test
  void countsThoseThatLivedWhereTheKernelTellsNothing() throws Exception {
    BirthRates rates = new BirthRates(null);
    look(rates);
    int pid = start("bash", "-c", "while :; do sleep 30 & sleep 0.2; done");
    Births births = awaited(rates, Duration.ofSeconds(40), each -> isOf(each, pid) && ran(pid, 11));
    assertThat(births.perSecond()).isBetween(5.0, 11.0); // each round starts two, one of them lasts
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
          new ProcessBuilder("bash", "src/test/lab/fork-bomb.sh", "60", bomber.toString());
      Process script = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      started.add(script);
      try (BufferedReader out = script.inputReader()) {
        assertThat(out.readLine()).startsWith("bombing ");
        String by = bomber.toString();
        awaited(
            rates,
            Duration.ofSeconds(40),
            each -> each.by().equals(by) && ran((int) script.pid(), 13));
        List<Births> bombs = look(rates).stream().filter(each -> each.by().equals(by)).toList();
        assertThat(bombs).hasSize(1);
        assertThat(bombs.get(0).perSecond()).isGreaterThan(50);
      } finally {
        script.outputWriter().close(); // it then tidies up
        assertThat(script.waitFor()).isZero();
      }
    }
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
    Map<Integer, Proc> processes = census.look().processes();
    List<Proc> born =
        processes.values().stream().filter(each -> !known.contains(each.id())).toList();
    Set<ProcessId> all = new HashSet<>();
    processes.values().forEach(each -> all.add(each.id()));
    known = all;
    return rates.look(
        new Scene(now, InstantSource.system().instant(), processes, born, Set.of(), new Gaps()));
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
