package org.medicd.act.chore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.medicd.linux.Programs;
import org.medicd.linux.RunAs;
import org.medicd.linux.proc.MemInfo;
import org.medicd.linux.proc.MountInfo;

/** The system's own programs and figures, as chores need them. */
final class Root {
  private static final Path HERE = Path.of("/");
  private static final int MOST_OUTPUT_BYTES = 16 * 1024;

  private final Programs programs;

  Root(Programs programs) {
    this.programs = programs;
  }

  /** A program that did not do what it was asked for. */
  static final class FailedException extends IOException {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
      super(message);
    }
  }

  /**
   * Runs a program to its good end, and gives what it printed.
   *
   * @throws FailedException where it ended badly, or not in time; with its first line
   */
  String run(Duration within, String... command) throws IOException, InterruptedException {
    Programs.Result result =
        programs.run(List.of(command), RunAs.same(), HERE, Map.of(), within, MOST_OUTPUT_BYTES);
    String name = command[0];
    if (result.timedOut()) {
      throw new FailedException(name + " did not end within " + within.toSeconds() + " s");
    }
    if (!result.succeeded()) {
      String said = result.output().strip().lines().findFirst().orElse("");
      throw new FailedException(
          said.isEmpty() ? name + " ended with status " + result.exitStatus() : said);
    }
    return result.output();
  }

  MemInfo memory() throws IOException {
    return MemInfo.parse(Files.readString(Path.of("/proc/meminfo")));
  }

  MountInfo mounts() throws IOException {
    return MountInfo.parse(Files.readString(Path.of("/proc/self/mountinfo")));
  }

  static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
