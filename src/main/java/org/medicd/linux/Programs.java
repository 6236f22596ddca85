package org.medicd.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one class that runs programs. No shell, nothing to read for them, a clean environment, a
 * session of their own (a Ctrl-C meant for medicd must not end a debugger that holds a process),
 * and bounds for their time and output.
 */
public final class Programs {
  /** What a program gets between TERM and KILL when its deadline is over. */
  public static final Duration GRACE = Duration.ofMillis(500);

  private static final long POLL_MILLIS = 10;
  private static final Map<String, String> CLEAN =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8", "HOME", "/");

  private final TrustedPrograms trusted;
  private final Duration grace;

  private Programs(TrustedPrograms trusted, Duration grace) {
    this.trusted = trusted;
    this.grace = grace;
  }

  public Programs(TrustedPrograms trusted) {
    this(trusted, GRACE);
  }

  /**
   * For programs that trace others: they are killed at their deadline, and the kernel lets their
   * targets go. One that is asked to end may take its target along on the way.
   */
  public static Programs ofTracers(TrustedPrograms trusted) {
    return new Programs(trusted, Duration.ZERO);
  }

  /**
   * How a program ended.
   *
   * @param exitStatus 128 + signal if a signal ended it; null if it was there at the deadline
   * @param output standard output and standard error as they came
   * @param cut true if there was more output than was kept
   * @param leftBehind pids that not even KILL ended in time; they wait in the kernel
   */
  public record Result(
      @Nullable Integer exitStatus, String output, boolean cut, List<Long> leftBehind) {
    public Result {
      leftBehind = List.copyOf(leftBehind);
    }

    public boolean timedOut() {
      return exitStatus == null;
    }

    public boolean succeeded() {
      return exitStatus != null && exitStatus == 0;
    }

    /** What it printed last, as it came; empty where that is nothing. */
    public String lastLine() {
      String said = output.strip();
      return said.substring(said.lastIndexOf('\n') + 1).strip();
    }
  }

  /**
   * Runs a program to its end or to the deadline, when it and all that it started are ended.
   * Returns at most about two seconds after the deadline. What a program that ends in time leaves
   * running is left alone, and its further output is not read.
   *
   * @param command a name or an absolute path, see {@link TrustedPrograms}, and the arguments
   * @param environment in addition to PATH, HOME and LC_ALL
   * @throws ProgramRefusedException if it is not to be run
   */
  public Result run(
      List<String> command,
      RunAs user,
      Path workingFolder,
      Map<String, String> environment,
      Duration deadline,
      long maxOutputBytes)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    ProcessBuilder builder = new ProcessBuilder(wholeCommand(command, user));
    builder.directory(workingFolder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(CLEAN);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (InputStream in = process.getInputStream()) {
      return attend(process, in, end, new BoundedOutput(maxOutputBytes));
    } catch (IOException | InterruptedException e) {
      new ProcessTree(process.toHandle()).end(grace);
      throw e;
    }
  }

  private Result attend(Process process, InputStream in, long end, BoundedOutput output)
      throws IOException, InterruptedException {
    boolean ended = false;
    while (!ended && System.nanoTime() - end < 0) {
      boolean took = output.takeAvailable(in);
      ended = process.waitFor(took ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    List<Long> leftBehind = ended ? List.of() : new ProcessTree(process.toHandle()).end(grace);
    long restEnd = System.nanoTime() + GRACE.toNanos();
    boolean more = true;
    while (more && !output.cut() && System.nanoTime() - restEnd < 0) {
      more = output.takeAvailable(in);
    }
    Integer exitStatus = ended ? process.exitValue() : null;
    return new Result(exitStatus, output.text(), output.cut(), leftBehind);
  }

  private List<String> wholeCommand(List<String> command, RunAs user) throws IOException {
    List<String> whole = new ArrayList<>();
    trusted.find("setsid").ifPresent(setsid -> whole.add(setsid.toString()));
    if (user instanceof RunAs.User other) {
      whole.addAll(changeTo(other));
    } else if (user instanceof RunAs.Powerless powerless) {
      whole.addAll(withoutPower(powerless.readsAll() && Capability.DAC_READ_SEARCH.isHeld()));
    }
    whole.add(trusted.resolve(command.get(0)).toString());
    whole.addAll(command.subList(1, command.size()));
    return whole;
  }

  private List<String> withoutPower(boolean butReading) {
    String kept = butReading ? "-all,+dac_read_search" : "-all";
    List<String> lowered = new ArrayList<>();
    trusted
        .find("setpriv")
        .ifPresent(
            setpriv -> {
              lowered.add(setpriv.toString());
              if (Capability.SETPCAP.isHeld()) {
                lowered.add("--bounding-set=-all,+dac_read_search");
              }
              Stream.of("--inh-caps=" + kept, "--ambient-caps=" + kept, "--no-new-privs", "--")
                  .forEach(lowered::add);
            });
    return lowered;
  }

  private List<String> changeTo(RunAs.User user) throws IOException {
    int own = Kernel.effectiveUserId();
    if (own == user.uid()) {
      return List.of();
    }
    if (!Capability.SETUID.isHeld() || !Capability.SETGID.isHeld()) {
      throw new ProgramRefusedException(
          "cannot run a program as uid %d: medicd runs as uid %d, without CAP_SETUID and CAP_SETGID"
              .formatted(user.uid(), own));
    }
    return List.of(
        trusted.resolve("setpriv").toString(),
        "--reuid=" + user.uid(),
        "--regid=" + user.gid(),
        "--clear-groups",
        "--inh-caps=-all",
        "--ambient-caps=-all",
        "--no-new-privs",
        "--");
  }
}
