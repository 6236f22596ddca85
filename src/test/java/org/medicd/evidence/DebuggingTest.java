package org.medicd.evidence;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.ProcState;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;

/** What a debugger that ends badly does to the process, and how that is undone. */
@Tag("once")
class DebuggingTest {
  private static final String THREADS =
      """
      import threading, time
      def turn():
          while True: time.sleep(0.01)
      for i in range(60): threading.Thread(target=turn, daemon=True).start()
      """;

  private final Cont cont = new Cont();
  private final Sheet sheet = new Sheet(10_000);

  @Test
  void aDebuggerKilledMidwayWouldLeaveTheProcessStopped() throws Exception {
    needGdbAndPython();
    try (Child child = Child.python("")) {
      assertThatThrownBy(() -> look(child, new Stuck(), ofMillis(1500), target -> {}))
          .hasMessageContaining("not ready within 1500 ms");

      await().until(() -> child.state() == ProcState.STOPPED);
    }
  }

  @Test
  void aDebuggerKilledMidwayLeavesTheProcessRunning() throws Exception {
    needGdbAndPython();
    try (Child child = Child.python("")) {
      assertThatThrownBy(() -> look(child, new Stuck(), ofMillis(1500), cont))
          .hasMessageContaining("not ready within 1500 ms");

      assertThat(cont.sent).containsExactly(child.id());
      child.awaitThatItRuns();
    }
  }

  /** Somewhere between these the threads are being attached one by one. */
  @ParameterizedTest
  @ValueSource(ints = {30, 60, 80, 100, 120, 140, 160, 200, 300})
  void theProcessRunsOnWheneverTheDebuggerIsEnded(int millis) throws Exception {
    needGdbAndPython();
    try (Child child = Child.python(THREADS)) {
      await().until(() -> Files.readString(child.proc("status")).contains("Threads:\t61"));
      try {
        look(child, new NativeStacks(30), ofMillis(millis), cont);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("not ready within");
      }

      child.awaitThatItRuns();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 25, 35, 50, 70})
  void theProcessRunsOnWheneverEuStackIsEnded(int millis) throws Exception {
    Needs.program("eu-stack");
    Needs.program("python3");
    try (Child child = Child.python(THREADS)) {
      await().until(() -> Files.readString(child.proc("status")).contains("Threads:\t61"));
      try {
        look(child, new ElfStacks(30), ofMillis(millis), cont);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("not ready within");
      }

      child.awaitThatItRuns();
    }
  }

  @Test
  void aStoppedProcessIsNotWokenByABadEnd() throws Exception {
    try (Child child = Child.sleeping()) {
      child.stop();

      assertThatThrownBy(() -> look(child, new Saying("sleep", "1000"), ofMillis(200), cont))
          .hasMessageContaining("not ready");

      assertThat(cont.sent).isEmpty();
      assertThat(child.state()).isEqualTo(ProcState.STOPPED);
    }
  }

  @Test
  void aFailingSignalIsToldLoudly() throws Exception {
    ContinueSignal broken =
        target -> {
          throw new IOException("operation not permitted");
        };
    try (Child child = Child.sleeping()) {
      assertThatThrownBy(() -> look(child, new Saying("false"), ofMillis(5000), broken))
          .hasMessage(
              "a debugger may have left pid %d stopped: SIGCONT failed: operation not permitted"
                  .formatted(child.pid()));
    }
  }

  @Test
  void anAnswerIsKeptThoughTheDeadlineCutItShort() throws Exception {
    try (Child child = Child.sleeping()) {
      Debugger halfway = new Saying("sh", "-c", "echo; echo '#0 main'; sleep 1000");

      assertThatThrownBy(() -> look(child, halfway, ofMillis(500), cont))
          .hasMessageContaining("not ready");

      assertThat(new String(sheet.content(), StandardCharsets.UTF_8)).contains("#0 main");
    }
  }

  @Test
  void theDebuggersLastWordIsTheReason() throws Exception {
    try (Child child = Child.sleeping()) {
      Debugger refused = new Saying("echo", "ptrace: Operation not permitted.");

      assertThatThrownBy(() -> look(child, refused, ofMillis(5000), cont))
          .hasMessage("no stacks: ptrace: Operation not permitted.");
    }
  }

  @Test
  void saysThatTheDebuggerIsNotInstalled() throws Exception {
    try (Child child = Child.sleeping()) {
      assertThatThrownBy(() -> look(child, new Saying("no-such-gdb"), ofMillis(5000), cont))
          .hasMessageContaining("no-such-gdb is not installed in");
    }
  }

  private static void needGdbAndPython() {
    Needs.program("gdb");
    Needs.program("python3");
  }

  private void look(Child child, Debugger debugger, Duration deadline, ContinueSignal signal)
      throws IOException, InterruptedException {
    await().until(() -> child.sighting().state() != ProcState.RUNNING);
    Scene scene = new Scene(Path.of("/proc"), child.id());
    new Debugging(Programs.ofTracers(TrustedPrograms.ofThisHost()), new Resumption(signal))
        .look(debugger, Debuggable.look(scene), scene, deadline, sheet);
  }

  /** A program in place of gdb. */
  private record Saying(List<String> words) implements Debugger {
    Saying(String... words) {
      this(List.of(words));
    }

    @Override
    public String name() {
      return words.get(0);
    }

    @Override
    public boolean concerns(Debuggable target) {
      return true;
    }

    @Override
    public @Nullable String objection(Debuggable target) {
      return null;
    }

    @Override
    public List<String> command(int pid) {
      return words;
    }

    @Override
    public boolean answered(String output) {
      return new NativeStacks(30).answered(output);
    }
  }

  /** gdb, attached and waiting for ever, with a SIGSTOP pending as while it attaches to threads. */
  private record Stuck() implements Debugger {
    @Override
    public String name() {
      return "gdb";
    }

    @Override
    public boolean concerns(Debuggable target) {
      return true;
    }

    @Override
    public @Nullable String objection(Debuggable target) {
      return null;
    }

    @Override
    public List<String> command(int pid) {
      String wait = "shell kill -STOP " + pid + "; trap '' TERM; while :; do sleep 1; done";
      return List.of("gdb", "-nx", "-batch", "-p", Integer.toString(pid), "-ex", wait);
    }

    @Override
    public boolean answered(String output) {
      return true;
    }
  }
}
