package org.medicd.evidence;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;

/** A process of the test's own, ended with all its children when the test is over. */
final class Child implements AutoCloseable {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  static Child start(String... command) throws IOException {
    return new Child(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  static Child sleeping() throws IOException {
    return start("/bin/sleep", "1000").whenRunning("/sleep");
  }

  /** Many threads that wake up often. */
  static Child python(String script) throws IOException {
    return start("/usr/bin/python3", "-c", script + "\nimport time\nwhile True: time.sleep(0.01)");
  }

  /** The executable is another one until exec, and a capture would see that. */
  private Child whenRunning(String executable) {
    await().until(() -> Files.readSymbolicLink(proc("exe")).toString().contains(executable));
    await().until(() -> state() == ProcState.SLEEPING);
    return this;
  }

  int pid() {
    return (int) process.pid();
  }

  Path proc(String file) {
    return Path.of("/proc/" + pid(), file);
  }

  Sighting sighting() throws IOException {
    return Sighting.parse(Files.readString(proc("stat")));
  }

  ProcState state() throws IOException {
    return sighting().state();
  }

  ProcessId id() throws IOException {
    return new ProcessId(pid(), sighting().startTicks());
  }

  ProcessTarget target() throws IOException {
    int uid = (Integer) Files.getAttribute(proc("stat"), "unix:uid");
    return new ProcessTarget(
        id(), uid, "someone", Files.readSymbolicLink(proc("exe")).toString(), "child");
  }

  /** How often it gave up the CPU by itself: it grows while the process runs. */
  long turns() throws IOException {
    try (Stream<String> lines = Files.lines(proc("status"))) {
      String line =
          lines.filter(l -> l.startsWith("voluntary_ctxt_switches")).findFirst().orElseThrow();
      return Long.parseLong(line.split("\\s+")[1]);
    }
  }

  void awaitThatItRuns() throws IOException {
    long before = turns();
    await().until(() -> turns() > before + 2);
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Integer.toString(pid())).start().waitFor();
  }

  void stop() throws IOException, InterruptedException {
    signal("STOP");
    await().until(() -> state() == ProcState.STOPPED);
  }

  List<Integer> children() {
    return process.children().map(child -> (int) child.pid()).toList();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
