package org.medicd.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.collect.ProcTree;
import org.medicd.fact.ProcessId;
import org.medicd.linux.proc.PidStat;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;

/** On a real process with four threads. */
class SchedulingActuatorTest {
  private static final int NICE = 18;
  private static final int POLICY = 40;
  private static final int BATCH = 3;

  private final ProcTree proc = new ProcTree(Path.of("/proc"));
  private Process process;
  private ProcessId id;

  @BeforeEach
  void start() throws IOException {
    String threads =
        "import threading, time\n"
            + "for i in range(3): threading.Thread(target=time.sleep, args=(100,)).start()\n";
    process = new ProcessBuilder("/usr/bin/python3", "-c", threads).start();
    await().until(() -> threads().length == 4);
    byte[] stat = Files.readAllBytes(file("stat"));
    id = PidStat.parse(stat, stat.length).id();
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private Path file(String name) {
    return proc.root().resolve(process.pid() + "/" + name);
  }

  private int[] threads() throws IOException {
    return proc.numbers(process.pid() + "/task");
  }

  /** A field of the stat of each thread, counted as in proc_pid_stat(5), less one. */
  private List<Integer> ofThreads(int field) throws IOException {
    return Arrays.stream(threads())
        .mapToObj(thread -> field("task/" + thread + "/stat", field))
        .toList();
  }

  private Integer field(String name, int field) {
    try {
      String stat = Files.readString(file(name));
      return Integer.valueOf(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field - 2]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Outcome act(Kind kind, String value, Predicate<ProcessId> sameAsEver) {
    SchedulingActuator actuator = new SchedulingActuator(sameAsEver);
    Patient patient = new Patient(id, "python3", null, null, null, null);
    Intent intent =
        new Intent(
            "id",
            "d",
            "r",
            Mode.ACT,
            0,
            new Action(kind, value),
            patient,
            List.of(id),
            null,
            true,
            false,
            false,
            false);
    return actuator.act(intent).outcome();
  }

  @Test
  void everyThreadIsReniced() throws IOException {
    Outcome outcome = act(Kind.RENICE, "7", any -> true);
    assertThat(outcome).isEqualTo(new Outcome.Done("nice 7 to " + id + " (4 threads)"));
    assertThat(ofThreads(NICE)).containsExactly(7, 7, 7, 7);
  }

  @Test
  void everyThreadGetsThePolicy() throws IOException {
    assertThat(act(Kind.SCHED, "batch", any -> true)).isInstanceOf(Outcome.Done.class);
    assertThat(ofThreads(POLICY)).containsExactly(BATCH, BATCH, BATCH, BATCH);
  }

  @Test
  void everyThreadIsBoundToTheCpus() throws IOException {
    assertThat(act(Kind.AFFINITY, "0", any -> true)).isInstanceOf(Outcome.Done.class);
    for (int thread : threads()) {
      assertThat(Files.readString(file("task/" + thread + "/status")))
          .containsPattern("Cpus_allowed_list:\\s+0\n");
    }
  }

  @Test
  void everyThreadIsServedByTheDiskWhenIdle() throws Exception {
    assertThat(act(Kind.IONICE, "idle", any -> true)).isInstanceOf(Outcome.Done.class);
    for (int thread : threads()) {
      Process ionice = new ProcessBuilder("ionice", "-p", "" + thread).start();
      assertThat(new String(ionice.getInputStream().readAllBytes())).startsWith("idle");
      assertThat(ionice.waitFor()).isZero();
    }
  }

  @Test
  void whoeverHasThePidNowIsLeftAlone() throws IOException {
    Outcome outcome = act(Kind.RENICE, "7", any -> false);
    assertThat(outcome).isEqualTo(new Outcome.Vanished(id + " had ended before"));
    assertThat(ofThreads(NICE)).containsOnly(0);
  }

  @Test
  void aCpuThatIsNotThereIsTheKernelsRefusal() {
    assertThat(act(Kind.AFFINITY, "8000", any -> true))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.why()).contains("sched_setaffinity", "Invalid argument"));
  }

  @Test
  void oneThatEndsMeanwhileIsVanished() {
    Predicate<ProcessId> endsIt =
        any -> {
          process.destroyForcibly();
          return awaitEnd();
        };
    assertThat(act(Kind.RENICE, "7", endsIt)).isInstanceOf(Outcome.Vanished.class);
  }

  private boolean awaitEnd() {
    await().until(() -> !process.isAlive());
    return true;
  }

  @Test
  void oneThatHasEndedIsVanished() throws Exception {
    end();
    assertThat(act(Kind.RENICE, "7", any -> true)).isInstanceOf(Outcome.Vanished.class);
  }
}
