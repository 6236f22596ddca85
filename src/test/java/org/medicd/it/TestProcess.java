package org.medicd.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A harmless process of the test's own, under a path that no other process has. What became of it
 * is read from the kernel: /proc and its exit status. Ended with all its children by {@link
 * #close}.
 */
public final class TestProcess implements AutoCloseable {
  /** Exit status of a process that SIGTERM ended. */
  public static final int BY_TERM = 143;

  /** Exit status of a process that SIGKILL ended. */
  public static final int BY_KILL = 137;

  /** A burner that is forgotten ends by itself: so many seconds of CPU time. */
  private static final String CPU_SECONDS = "180";

  private final Process process;

  private TestProcess(Process process) {
    this.process = process;
  }

  /** Copies a shell to a path of the test's own: the scope of the daemon names just that. */
  public static Path shell(Path folder, String name) throws IOException {
    return Files.copy(Path.of("/bin/dash").toRealPath(), folder.resolve(name));
  }

  /** The same with Python. */
  public static Path python(Path folder, String name) throws IOException {
    return Files.copy(Path.of("/usr/bin/python3").toRealPath(), folder.resolve(name));
  }

  /** Runs a script by a copy of the shell or of Python. */
  public static TestProcess run(Path program, String script) throws IOException {
    return run(List.of(), program, script);
  }

  /** The same behind a wrapper, as a reaper. */
  public static TestProcess run(List<String> wrapper, Path program, String script)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("prlimit", "--cpu=" + CPU_SECONDS));
    command.addAll(wrapper);
    command.addAll(List.of(program.toString(), "-c", script));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYTHONHOME", "/usr");
    return new TestProcess(builder.start());
  }

  public long pid() {
    return process.pid();
  }

  /** Its only child, once there is one: for a process that was started by a wrapper. */
  long child() {
    return await().until(this::children, children -> !children.isEmpty()).get(0);
  }

  /** The same for a descendant. */
  static ProcessHandle onlyChildOf(ProcessHandle parent) {
    return await().until(() -> parent.children().toList(), children -> children.size() == 1).get(0);
  }

  /** Not reaped ones too. */
  public List<Long> children() {
    return process.children().map(ProcessHandle::pid).toList();
  }

  public boolean lives() {
    return process.isAlive() && state(pid()) != 'Z';
  }

  /** Waits for its end, which is up to this daemon, and returns its exit status. */
  public int exitStatus(Duration most, RunningDaemon daemon) throws InterruptedException {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "pid " + pid() + " lives on, in state " + state() + ":\n" + daemon.tail());
    }
    return process.exitValue();
  }

  /** The letter of /proc/PID/stat; X where there is no such process. */
  public static char state(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return 'X';
    }
  }

  public char state() {
    return state(pid());
  }

  /** How many of its children have ended and were not reaped. */
  static long zombies(long parent) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(each -> isZombieOf(each, parent)).count();
    }
  }

  private static boolean isZombieOf(Path folder, long parent) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')')).startsWith(") Z " + parent + " ");
    } catch (IOException e) {
      return false;
    }
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
