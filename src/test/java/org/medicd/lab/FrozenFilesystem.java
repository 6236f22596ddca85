package org.medicd.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system on a loop device that is frozen, and processes in D state that wait for it: no
 * signal ends them. {@link #thaw} does, and so does the end of this JVM. Made by
 * src/test/lab/frozen-fs.sh.
 */
public final class FrozenFilesystem implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src/test/lab/frozen-fs.sh").toAbsolutePath();

  private final Process script;
  private final BufferedReader out;
  private final List<Integer> writers;

  private FrozenFilesystem(Process script, BufferedReader out, List<Integer> writers) {
    this.script = script;
    this.out = out;
    this.writers = writers;
  }

  /** On this machine, in a private mount namespace; needs root and loop devices. */
  public static FrozenFilesystem onThisMachine(int writers) {
    return start(List.of(), writers);
  }

  /** Inside a lab that was booted with --loop. */
  public static FrozenFilesystem in(SystemdLab lab, int writers) {
    return start(lab.inside(), writers);
  }

  private static FrozenFilesystem start(List<String> prefix, int writers) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("bash", SCRIPT.toString(), String.valueOf(writers)));
    try {
      Process script =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out = script.inputReader();
      String line = out.readLine();
      if (line == null || !line.startsWith("frozen ")) {
        script.destroy();
        throw new AssertionError("no file system was frozen, see above: " + line);
      }
      return new FrozenFilesystem(
          script, out, Arrays.stream(line.split(" ")).skip(1).map(Integer::valueOf).toList());
    } catch (IOException e) {
      throw new AssertionError("no file system was frozen", e);
    }
  }

  /** Pids of those that wait, as numbered where they run. */
  public List<Integer> writers() {
    return writers;
  }

  /**
   * Lets the writers go on; they then end by themselves. Returns, once they have, how many of them
   * have written what they wanted.
   */
  public int thaw() {
    try {
      script.outputWriter().close();
      String line = out.readLine();
      if (line == null || !line.startsWith("thawed ") || !script.waitFor(15, TimeUnit.SECONDS)) {
        throw new AssertionError("the file system was not thawed: " + line);
      }
      return Integer.parseInt(line.substring("thawed ".length()));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("the file system was not thawed", e);
    }
  }

  @Override
  public void close() {
    if (script.isAlive()) {
      thaw();
    }
  }
}
