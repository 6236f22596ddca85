package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Gap;
import org.medicd.fact.ProcState;
import org.medicd.linux.TrustedPrograms;

/** gdb and jstack at processes of the test's own. */
class DebuggersTest {
  private static final String THREADS =
      """
      import threading, time
      def turn():
          while True: time.sleep(0.01)
      for i in range(20): threading.Thread(target=turn, daemon=True).start()
      """;

  @TempDir Path temp;
  private final Cont cont = new Cont();
  private Path folder;

  @BeforeEach
  void nameAFolder() {
    folder = temp.resolve("evidence/incident-3/1");
  }

  @Test
  void gdbTellsTheStackOfASleeper() throws Exception {
    Needs.program("gdb");
    try (Child child = Child.sleeping()) {
      CaptureReport report = capture(child.target());

      assertThat(text("gdb.txt")).contains("#0 ", "nanosleep");
      assertThat(report.gaps()).extracting(Gap::aspect).doesNotContain("gdb", "debugger");
      assertThat(child.state()).isEqualTo(ProcState.SLEEPING);
      assertThat(cont.sent).isEmpty();
    }
  }

  @Test
  void gdbTellsTheStacksOfAllThreadsAndLetsThemRun() throws Exception {
    Needs.program("gdb");
    Needs.program("python3");
    try (Child child = Child.python(THREADS)) {
      await().until(() -> Files.readString(child.proc("status")).contains("Threads:\t21"));

      capture(child.target());

      assertThat(text("gdb.txt").lines().filter(line -> line.startsWith("#0 "))).hasSize(21);
      child.awaitThatItRuns();
    }
  }

  @Test
  void anotherUsersProcessIsDebuggedAsThatUser() throws Exception {
    Needs.program("gdb");
    Needs.program("strace");
    Assumptions.assumeTrue(
        ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0, "needs root");
    try (Child child =
        Child.start(
            "/usr/bin/setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "sleep",
            "1000")) {
      await().until(() -> Files.readSymbolicLink(child.proc("exe")).endsWith("sleep"));
      await().until(() -> child.state() == ProcState.SLEEPING);

      CaptureReport report = capture(child.target());

      assertThat(report.gaps()).extracting(Gap::aspect).doesNotContain("gdb", "debugger", "strace");
      assertThat(text("gdb.txt")).contains("#0 ");
      assertThat(text("strace.txt")).contains("restart_syscall(");
    }
  }

  @Test
  void aStoppedProcessStaysStopped() throws Exception {
    Needs.program("gdb");
    try (Child child = Child.sleeping()) {
      child.stop();

      capture(child.target());

      assertThat(text("gdb.txt")).contains("#0 ");
      assertThat(child.state()).isEqualTo(ProcState.STOPPED);
      assertThat(cont.sent).isEmpty();
    }
  }

  @Test
  void jstackTellsTheThreadsOfAVirtualMachine() throws Exception {
    Needs.program("jstack");
    try (Child child = sleeper()) {
      await().until(() -> Files.readString(child.proc("maps")).contains("libjvm.so"));
      await().until(() -> Debuggable.look(scene(child)).catchesQuit());

      CaptureReport report = capture(child.target());

      assertThat(report.gaps()).extracting(Gap::aspect).doesNotContain("jstack", "debugger");
      assertThat(text("jstack.txt")).contains("Full thread dump", "Sleeper.waitForNobody");
      assertThat(folder.resolve("gdb.txt")).doesNotExist();
    }
  }

  @Test
  void aTracedProcessIsLeftToItsTracer() throws Exception {
    Needs.program("gdb");
    try (Child child = Child.sleeping();
        Child tracer =
            Child.start(
                "gdb", "-nx", "-batch", "-p", "" + child.pid(), "-ex", "shell sleep 1000")) {
      await().until(() -> !tracer.children().isEmpty() && child.state() == ProcState.TRACED);

      CaptureReport report = capture(child.target());

      assertThat(report.gaps())
          .contains(
              new Gap(
                  "debugger", "pid " + child.pid(), "it is traced already by pid " + tracer.pid()));
      assertThat(folder.resolve("gdb.txt")).doesNotExist();
      assertThat(folder.resolve("strace.txt")).doesNotExist();
    }
  }

  @Test
  void withoutLeaveNoDebuggerIsStarted() throws Exception {
    try (Child child = Child.sleeping()) {
      captures().capture(child.target(), folder, false, Captures.DEADLINE);

      assertThat(folder.resolve("gdb.txt")).doesNotExist();
      assertThat(folder.resolve("strace.txt")).doesNotExist();
      assertThat(folder.resolve("status.txt")).exists();
    }
  }

  private static Child sleeper() throws Exception {
    String classes =
        Path.of(Sleeper.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    return Child.start(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-Xmx32m",
        "-cp",
        classes,
        Sleeper.class.getName());
  }

  private static Scene scene(Child child) throws IOException {
    return new Scene(Path.of("/proc"), child.id());
  }

  private CaptureReport capture(ProcessTarget target) throws InterruptedException {
    return captures().capture(target, folder, true, Captures.DEADLINE);
  }

  private Captures captures() {
    return new Captures(Path.of("/proc"), TrustedPrograms.ofThisHost(), cont, System::nanoTime);
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
