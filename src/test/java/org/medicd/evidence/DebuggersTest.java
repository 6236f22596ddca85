package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Gap;
import org.medicd.fact.ProcState;
import org.medicd.linux.TrustedPrograms;

/** gdb and jstack at processes of the test's own. */
@Tag("once")
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
  void whereGdbIsMissingEuStackTellsTheStacks() throws Exception {
    Needs.program("eu-stack");
    Needs.program("python3");
    try (Child child = Child.python(THREADS)) {
      await().until(() -> Files.readString(child.proc("status")).contains("Threads:\t21"));

      CaptureReport report = capture(child.target(), only("eu-stack", "strace"));

      assertThat(report.gaps()).extracting(Gap::aspect).doesNotContain("gdb", "eu-stack", "py-spy");
      assertThat(text("eu-stack.txt").lines().filter(line -> line.startsWith("#0 "))).hasSize(21);
      assertThat(text("eu-stack.txt")).contains("nanosleep", " - /");
      child.awaitThatItRuns();
    }
  }

  @Test
  void whereNoDebuggerIsInstalledEachIsMissed() throws Exception {
    try (Child child = Child.sleeping()) {
      CaptureReport report = capture(child.target(), only());

      assertThat(report.gaps())
          .extracting(Gap::aspect)
          .containsSubsequence("strace", "gdb", "eu-stack")
          .doesNotContain("py-spy", "jstack");
      assertThat(report.gaps())
          .filteredOn(gap -> gap.aspect().equals("gdb"))
          .singleElement()
          .satisfies(gap -> assertThat(gap.reason()).startsWith("gdb is not installed in"));
    }
  }

  /** Debian has no py-spy: a script in its place shows how it is asked. */
  @Test
  void pySpyTellsTheStacksOfAPythonProgram() throws Exception {
    Needs.program("python3");
    Path bin = only();
    script(
        bin,
        "py-spy",
        """
        echo "Process $3: python3 app.py --password hunter2"
        echo
        echo 'Thread 17 (idle): "MainThread"'
        echo "    wait (threading.py:312)"
        echo "asked: $*"
        """);
    try (Child child = Child.python("");
        Child other = Child.sleeping()) {
      await().until(() -> Debuggable.look(scene(child)).python());

      capture(child.target(), bin);

      assertThat(text("py-spy.txt"))
          .startsWith("Process " + child.pid() + ": python3 app.py --password ***\n")
          .contains(" (idle): \"MainThread\"\n    wait (threading.py:312)\n")
          .endsWith("asked: dump --pid " + child.pid() + "\n");
      assertThat(folder.resolve("gdb.txt")).doesNotExist();
      assertThat(Debuggable.look(scene(other)).python()).isFalse();
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

  /** A folder of programs with these and setpriv alone. */
  private Path only(String... programs) throws IOException {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    script(bin, "setpriv", "exec /usr/bin/setpriv \"$@\"");
    for (String program : programs) {
      script(bin, program, "exec /usr/bin/" + program + " \"$@\"");
    }
    return bin;
  }

  private static void script(Path bin, String name, String commands) throws IOException {
    Path script = bin.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CaptureReport capture(ProcessTarget target, Path bin) throws InterruptedException {
    return new Captures(Path.of("/proc"), new TrustedPrograms(List.of(bin)), cont, System::nanoTime)
        .capture(target, folder, true, Captures.DEADLINE);
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
