package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.ProcState;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;

/** strace at processes of the test's own, which run on whatever becomes of it. */
class CallSampleTest {
  private static final String THREADS =
      """
      import os, threading, time
      def turn():
          while True: time.sleep(0.01)
      for i in range(20): threading.Thread(target=turn, daemon=True).start()
      def write():
          out = open('/dev/null', 'w', buffering=1)
          while True: out.write('password hunter2\\n'); time.sleep(0.02)
      threading.Thread(target=write, daemon=True).start()
      """;

  @TempDir Path temp;
  private final Cont cont = new Cont();
  private final Sheet sheet = new Sheet(1_000_000);

  @Test
  void tellsWhatAllThreadsCallAndNothingOfWhatTheyWrite() throws Exception {
    needStraceAndPython();
    try (Child child = Child.python(THREADS)) {
      await().until(() -> Files.readString(child.proc("status")).contains("Threads:\t22"));

      take(child);

      assertThat(content())
          .startsWith("calls of 22 threads within 1000 ms\n")
          .containsPattern("\n +\\d+ +0 +\\d+\\.\\d+  write\n")
          .containsPattern("\\[pid +\\d+\\] \\S+ write\\(\\d+</dev/null>, \"\"\\.\\.\\., 17\\)")
          .containsPattern("clock_nanosleep|select")
          .doesNotContain("hunter2");
      child.awaitThatItRuns();
      assertThat(tracer(child)).isEqualTo("0");
      assertThat(cont.sent).isEmpty();
    }
  }

  @Test
  void aProcessRunsOnWhenStraceIsKilledMidway() throws Exception {
    needStraceAndPython();
    try (Child child = Child.python(THREADS)) {
      await().until(() -> Files.readString(child.proc("status")).contains("Threads:\t22"));
      CompletableFuture<Void> sample =
          CompletableFuture.runAsync(
              () -> {
                try {
                  take(child);
                } catch (IOException | InterruptedException e) {
                  throw new CompletionException(e);
                }
              });

      long strace = await().until(() -> straceOf(child), Optional::isPresent).orElseThrow();
      assertThat(tracer(child)).isEqualTo(Long.toString(strace));
      ProcessHandle.of(strace).orElseThrow().destroyForcibly();
      sample.get();

      child.awaitThatItRuns();
      assertThat(tracer(child)).isEqualTo("0");
      assertThat(child.state()).isNotEqualTo(ProcState.STOPPED);
    }
  }

  /** One that is traced without root's power gets no rights by sudo, and would fail. */
  @Test
  void doesNotFollowTheChildrenThatAProcessStarts() throws Exception {
    needStraceAndPython();
    Path traced = temp.resolve("traced");
    String forks =
        """
        import os, time
        while True:
            if os.fork() == 0:
                line = [l for l in open('/proc/self/status') if l.startswith('TracerPid')][0]
                with open('%s', 'a') as out: out.write(line)
                os._exit(0)
            os.wait(); time.sleep(0.01)
        """
            .formatted(traced);
    try (Child child = Child.python(forks)) {
      await().until(() -> Files.exists(traced));

      take(child);

      assertThat(content()).containsPattern("clone|fork");
      assertThat(Files.readAllLines(traced)).isNotEmpty().containsOnly("TracerPid:\t0");
    }
  }

  @Test
  void saysOfAProcessThatComputesThatItCallsNothing() throws Exception {
    Needs.program("strace");
    try (Child child = Child.start("/bin/sh", "-c", "while :; do :; done")) {
      await().until(() -> child.state() == ProcState.RUNNING);

      take(child);

      assertThat(content()).contains("none: it computes, or waits for nothing that is a call");
    }
  }

  @Test
  void aStoppedProcessIsNotTracedAndStaysStopped() throws Exception {
    try (Child child = Child.sleeping()) {
      child.stop();

      assertThatThrownBy(() -> take(child)).hasMessageContaining("is stopped");

      assertThat(child.state()).isEqualTo(ProcState.STOPPED);
    }
  }

  @Test
  void theReasonIsWhatStraceSaidLast() throws Exception {
    Path strace = Files.createDirectory(temp.resolve("bin")).resolve("strace");
    Files.writeString(
        strace,
        "#!/bin/sh\necho \"$*\" > " + temp + "/asked\necho no; echo not permitted; exit 1\n");
    Files.setPosixFilePermissions(strace, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Child child = Child.sleeping()) {
      CallSample sample =
          new CallSample(
              new Programs(new TrustedPrograms(List.of(strace.getParent(), Path.of("/usr/bin")))),
              new Resumption(cont));
      Scene scene = new Scene(Path.of("/proc"), child.id());
      Debuggable target = Debuggable.look(scene);

      assertThatThrownBy(() -> sample.take(target, scene, sheet))
          .hasMessage("no calls: not permitted");

      assertThat(temp.resolve("asked"))
          .content()
          .isEqualTo("-q -tt -T -y -s 0 -p " + child.pid() + "\n");
    }
  }

  @Test
  void countsCallsAndTheTimeOfThoseThatCameBack() {
    CallTally tally =
        CallTally.of(
            """
            [pid    17] 12:00:00.000001 read(3</a b>, ""..., 4096) = 17 <0.250000>
            [pid    18] 12:00:00.000002 futex(0x7f, FUTEX_WAIT, 2, NULL <unfinished ...>
            [pid    17] 12:00:00.000003 read(3</a b>, 0x7f, 4096) = -1 EAGAIN (Resource x) <0.000010>
            [pid    18] 12:00:00.000004 <... futex resumed>) = 0 <1.500000>
            12:00:00.000005 close(3) = 0 <0.000001>
            strace: Process 17 detached
            +++ exited with 0 +++
            """);

    assertThat(tally.lines())
        .containsExactly(
            "   calls  failed   seconds  name",
            "       1       0  1.500000  futex",
            "       2       1  0.250010  read",
            "       1       0  0.000001  close");
  }

  private static void needStraceAndPython() {
    Needs.program("strace");
    Needs.program("python3");
  }

  private static Optional<Long> straceOf(Child child) throws IOException {
    String tracer = tracer(child);
    return tracer.equals("0") ? Optional.empty() : Optional.of(Long.valueOf(tracer));
  }

  private static String tracer(Child child) throws IOException {
    return String.valueOf(
        Debuggable.fields(Files.readString(child.proc("status"))).get("TracerPid"));
  }

  private void take(Child child) throws IOException, InterruptedException {
    Scene scene = new Scene(Path.of("/proc"), child.id());
    new CallSample(new Programs(TrustedPrograms.ofThisHost()), new Resumption(cont))
        .take(Debuggable.look(scene), scene, sheet);
  }

  private String content() {
    return new String(sheet.content(), StandardCharsets.UTF_8);
  }
}
