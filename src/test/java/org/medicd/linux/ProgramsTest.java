package org.medicd.linux;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  private static final Duration PLENTY = ofSeconds(20);

  private final Programs programs = new Programs(TrustedPrograms.ofThisHost());

  @Test
  void tellsOutputAndExitStatus() throws Exception {
    Programs.Result result = shell("echo out; echo err >&2; exit 3", PLENTY);

    assertThat(result.output()).isEqualTo("out\nerr\n");
    assertThat(result.exitStatus()).isEqualTo(3);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void readsAllThatAProgramWroteJustBeforeItsEnd() throws Exception {
    Programs.Result result = run(PLENTY, 10_000_000, "seq", "100000");

    assertThat(result.output()).endsWith("\n99999\n100000\n").hasSize(588_895);
    assertThat(result.cut()).isFalse();
  }

  @Test
  void usesNoShell() throws Exception {
    assertThat(run(PLENTY, 1000, "echo", "$HOME; id").output()).isEqualTo("$HOME; id\n");
  }

  @Test
  void givesACleanEnvironmentAndNothingToRead() throws Exception {
    Programs.Result environment =
        programs.run(
            List.of("env"), RunAs.same(), Path.of("/"), Map.of("INCIDENT", "7"), PLENTY, 10_000);
    Programs.Result reader = run(PLENTY, 1000, "cat");

    assertThat(environment.output().lines())
        .containsExactlyInAnyOrder(
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/", "INCIDENT=7");
    assertThat(reader.succeeded()).isTrue();
    assertThat(reader.output()).isEmpty();
  }

  @Test
  void keepsTheFirstBytesOfAFloodAndEndsItAtTheDeadline() throws Exception {
    Programs.Result result = run(ofMillis(300), 1001, "yes");

    assertThat(result.output()).hasSize(1001).startsWith("y\ny\n");
    assertThat(result.cut()).isTrue();
    assertThat(result.timedOut()).isTrue();
  }

  @Test
  void endsATreeThatIgnoresTerm() throws Exception {
    Programs.Result result =
        shell(
            "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & echo $$;"
                + " while :; do sleep 1; done",
            ofMillis(500));

    assertThat(result.timedOut()).isTrue();
    assertThat(result.leftBehind()).isEmpty();
    assertThat(pids(result)).hasSize(2).noneMatch(ProgramsTest::isThere);
  }

  @Test
  void endsAnOrphanOfTheProgramToo() throws Exception {
    Programs.Result result = shell("(sleep 1000 & echo $!); exec sleep 1000", ofMillis(500));

    assertThat(pids(result)).hasSize(1).noneMatch(ProgramsTest::isThere);
  }

  @Test
  void lastWordsAfterTermAreHeard() throws Exception {
    Programs.Result result =
        shell("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done", ofMillis(500));

    assertThat(result.output()).endsWith("bye\n");
    assertThat(result.timedOut()).isTrue();
  }

  @Test
  void doesNotWaitForAChildThatKeepsTheOutputOpen() throws Exception {
    long start = System.nanoTime();
    Programs.Result result = shell("sleep 1000 & echo $!", PLENTY);
    long pid = pids(result).get(0);
    try {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofSeconds(10));
      assertThat(result.succeeded()).isTrue();
      assertThat(isThere(pid)).isTrue();
    } finally {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void anInterruptEndsTheProgram() throws Exception {
    String marked = "7" + ProcessHandle.current().pid() + ".25";
    Thread worker =
        new Thread(
            () -> {
              try {
                run(PLENTY, 1000, "sleep", marked);
              } catch (IOException | InterruptedException e) {
                // what the test wants
              }
            });
    worker.start();
    await().until(() -> childSleeping(marked));

    worker.interrupt();
    worker.join(5000);

    assertThat(worker.isAlive()).isFalse();
    await().atMost(ofSeconds(2)).until(() -> !childSleeping(marked));
  }

  @Test
  void rootRunsAProgramAsAnotherUserWithoutAnyPrivilege() throws Exception {
    Assumptions.assumeTrue(Kernel.effectiveUserId() == 0, "only root may change its user");

    Programs.Result result =
        programs.run(
            List.of(
                "sh", "-c", "id -u; id -g; id -G; grep -E 'NoNewPrivs|CapEff' /proc/self/status"),
            RunAs.user(65534, 65533),
            Path.of("/"),
            Map.of(),
            PLENTY,
            10_000);

    assertThat(result.output())
        .isEqualTo("65534\n65533\n65533\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n");
  }

  @Test
  void aReaderKeepsTheCapabilityOfReadingAndNoOther() throws Exception {
    Assumptions.assumeTrue(Capability.DAC_READ_SEARCH.isHeld(), "needs CAP_DAC_READ_SEARCH");

    Programs.Result result =
        programs.run(
            List.of("grep", "-E", "NoNewPrivs|Cap(Inh|Prm|Eff|Amb)", "/proc/self/status"),
            RunAs.reader(),
            Path.of("/"),
            Map.of(),
            PLENTY,
            10_000);

    String readAll = "0000000000000004";
    assertThat(result.output())
        .isEqualTo(
            "CapInh:\t%1$s\nCapPrm:\t%1$s\nCapEff:\t%1$s\nCapAmb:\t%1$s\nNoNewPrivs:\t1\n"
                .formatted(readAll));
  }

  @Test
  void rootRunsAProgramWithoutItsPower() throws Exception {
    Assumptions.assumeTrue(Kernel.effectiveUserId() == 0, "root has power that can be taken");

    Programs.Result result =
        programs.run(
            List.of("sh", "-c", "id -u; grep -E 'NoNewPrivs|Cap(Prm|Eff|Amb)' /proc/self/status"),
            RunAs.powerless(),
            Path.of("/"),
            Map.of(),
            PLENTY,
            10_000);

    String readAll = "0000000000000004"; // CAP_DAC_READ_SEARCH
    assertThat(result.output())
        .isEqualTo(
            "0\nCapPrm:\t%s\nCapEff:\t%s\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\n"
                .formatted(readAll, readAll));
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> run(PLENTY, 1000, "no-such-program"))
        .isInstanceOf(ProgramRefusedException.class)
        .hasMessageContaining("no-such-program is not installed in [/usr/bin");
  }

  @Test
  void readsTheSessionBehindAHostileName() {
    assertThat(ProcessTree.fieldsAfterComm("17 (a) S 9 9 9) S 1 16 15 0 -1"))
        .containsExactly("S", "1", "16", "15", "0 -1");
  }

  private Programs.Result shell(String script, Duration deadline) throws Exception {
    return run(deadline, 10_000, "sh", "-c", script);
  }

  private Programs.Result run(Duration deadline, long maxBytes, String... command)
      throws IOException, InterruptedException {
    return programs.run(List.of(command), RunAs.same(), Path.of("/"), Map.of(), deadline, maxBytes);
  }

  private static List<Long> pids(Programs.Result result) {
    return result.output().lines().map(Long::valueOf).toList();
  }

  /** A zombie, which waits for an init that may be slow, is not there. */
  private static boolean isThere(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
        && !Zombies.isZombie(pid);
  }

  private static boolean childSleeping(String argument) {
    return ProcessHandle.current()
        .descendants()
        .anyMatch(child -> child.info().arguments().filter(a -> a[0].equals(argument)).isPresent());
  }
}
