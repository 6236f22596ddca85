package org.medicd.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real systemd with its bus, booted by src/test/lab/with-systemd.sh in namespaces over a
 * throw-away overlay of this machine. It sees this machine's files; what it writes is lost with
 * {@link #close}, or when this JVM ends in whatever way.
 */
public final class SystemdLab implements AutoCloseable {
  static final Path SCRIPT = Path.of("src/test/lab/with-systemd.sh").toAbsolutePath();
  private static final Duration SHORT = Duration.ofSeconds(20);

  private final Process script;
  private final long pid;

  private SystemdLab(Process script, long pid) {
    this.script = script;
    this.pid = pid;
  }

  /**
   * @param options of the script: --hybrid, --loop, --bind DIR
   */
  public static SystemdLab boot(String... options) {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
    command.addAll(List.of(options));
    mountedElsewhere().forEach(folder -> command.addAll(List.of("--bind", folder.toString())));
    try {
      Process script =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out = script.inputReader();
      String line = out.readLine();
      if (line == null || !line.startsWith("ready ")) {
        script.destroy();
        throw new AssertionError("the lab did not boot, see above: " + line);
      }
      return new SystemdLab(script, Long.parseLong(line.substring("ready ".length())));
    } catch (IOException e) {
      throw new AssertionError("the lab did not boot", e);
    }
  }

  /** The overlay shows the root file system alone; what Java needs may lie on others. */
  private static List<Path> mountedElsewhere() {
    Path repository = Path.of(System.getProperty("user.home"), ".m2");
    return Stream.of(
            Path.of("").toAbsolutePath(), repository, Path.of(System.getProperty("java.home")))
        .filter(Files::exists)
        .filter(folder -> !store(folder).equals(store(Path.of("/"))))
        .toList();
  }

  private static FileStore store(Path folder) {
    try {
      return Files.getFileStore(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PID 1 of the lab, as this machine numbers it. */
  public long pid() {
    return pid;
  }

  /** False once its PID 1 has ended. */
  public boolean isRunning() {
    return Files.exists(Path.of("/proc/" + pid + "/root/run"));
  }

  /** The lab's root folder, as this machine reaches it. */
  public Path root() {
    return Path.of("/proc/" + pid + "/root");
  }

  /**
   * The address of the lab's system bus, good for this JVM: a socket in the file system has no
   * namespace.
   */
  public String busAddress() {
    return "unix:path=" + root().resolve("run/dbus/system_bus_socket");
  }

  /**
   * Runs a command inside as root, outside of any unit. It ends with its time, and its children
   * with the lab.
   */
  public Result run(Duration limit, String... command) {
    List<String> all = inside();
    all.addAll(List.of("timeout", "--kill-after=2", limit.toMillis() / 1000.0 + "s"));
    all.addAll(List.of(command));
    return Program.run(limit.plusSeconds(5), all);
  }

  /** Runs systemctl with these arguments, and fails the test where it fails. */
  public String systemctl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("systemctl"));
    command.addAll(List.of(arguments));
    return run(SHORT, command.toArray(String[]::new)).expectSuccess();
  }

  /**
   * Runs a main method of the project or of its tests inside, as root, with this JVM's class path.
   */
  public Result java(Duration limit, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(javaCommand(main));
    command.addAll(List.of(arguments));
    return run(limit, command.toArray(String[]::new));
  }

  /** The start of a command line, for systemd-run or an ExecStart, that runs this main method. */
  public static List<String> javaCommand(Class<?> main) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  /** Lets every user of the lab read this JVM's class path; root's home is closed to others. */
  public void openClassPathToAll() {
    List<String> command = new ArrayList<>(List.of("chmod", "o+rx"));
    Stream.of(System.getProperty("java.class.path").split(":"))
        .flatMap(
            entry -> Stream.iterate(Path.of(entry).getParent(), Objects::nonNull, Path::getParent))
        .distinct()
        .map(Path::toString)
        .forEach(command::add);
    run(SHORT, command.toArray(String[]::new)).expectSuccess();
  }

  /** Writes a unit file, by lines, and has systemd read it. */
  public void unitFile(String name, String... lines) {
    write(Path.of("/etc/systemd/system", name), String.join("\n", lines) + "\n");
    systemctl("daemon-reload");
  }

  /** Writes a file at this absolute path of the lab. */
  public void write(Path path, String text) {
    Path file = inLab(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError("could not write " + path + " in the lab", e);
    }
  }

  /** Runs a process of that name, which sleeps, in a unit of its own. */
  public void startSleeper(String unit, String name) {
    run(SHORT, "cp", "/bin/sleep", "/tmp/" + name).expectSuccess();
    run(SHORT, "systemd-run", "--quiet", "--unit=" + unit, "/tmp/" + name, "infinity")
        .expectSuccess();
  }

  /** Where this machine finds an absolute path of the lab. */
  public Path inLab(Path path) {
    return root().resolve(Path.of("/").relativize(path));
  }

  /** All that the lab's journal holds, for the report of a failure. */
  public String journal() {
    return run(SHORT, "journalctl", "-b", "--no-pager", "-n", "300").out();
  }

  @Override
  public void close() {
    try {
      script.outputWriter().close();
      if (!script.waitFor(15, TimeUnit.SECONDS)) {
        script.destroy();
        throw new AssertionError("the lab does not end; a task in D state?");
      }
    } catch (IOException | InterruptedException e) {
      script.destroy();
      throw new AssertionError("the lab could not be ended", e);
    }
  }

  /** The start of a command line that goes on inside; without the chdir it would stand outside. */
  public List<String> inside() {
    return new ArrayList<>(
        List.of(
            "nsenter",
            "--target=" + pid,
            "--mount",
            "--root",
            "--uts",
            "--ipc",
            "--net",
            "--pid",
            "--cgroup",
            "--",
            "env",
            "--chdir=/"));
  }
}
