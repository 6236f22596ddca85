package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medicd.linux.Programs;

/**
 * A sample of the system calls that a process makes, by strace: what it calls within a second, how
 * often, and how long each takes. The process runs on meanwhile, slower.
 */
final class CallSample {
  static final String NAME = "strace";

  /**
   * With it and the time in which strace lets the process go a capture must have that much left.
   */
  static final Duration NEEDS = Duration.ofSeconds(2);

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int MOST_THREADS = 64;
  private static final long MAX_BYTES = 256 * 1024;
  private static final Path ROOT = Path.of("/");

  private final Programs programs;
  private final Resumption resumption;

  /**
   * @param programs ask a program to end before they end it: strace then lets the process go
   */
  CallSample(Programs programs, Resumption resumption) {
    this.programs = programs;
    this.resumption = resumption;
  }

  /**
   * Writes the sample on the sheet.
   *
   * @throws IOException if there is none
   */
  void take(Debuggable target, Scene scene, Sheet sheet) throws IOException, InterruptedException {
    if (target.stopped()) {
      throw new IOException("the process is stopped: it makes no calls");
    }
    List<String> threads = threads(scene);
    Programs.Result result;
    try {
      result = programs.run(command(threads), target.user(), ROOT, Map.of(), WINDOW, MAX_BYTES);
    } finally {
      resumption.letItRun(scene, true);
    }
    if (!result.leftBehind().isEmpty()) {
      throw new IOException(
          NAME + " could not be ended and may hold the target: " + result.leftBehind());
    }
    CallTally tally = CallTally.of(result.output());
    if (tally.isEmpty() && !result.timedOut()) {
      String[] lines = result.output().strip().split("\n");
      throw new IOException("no calls: " + Printable.line(lines[lines.length - 1]));
    }
    sheet.line("calls of " + threads.size() + " threads within " + WINDOW.toMillis() + " ms");
    tally.lines().forEach(sheet::line);
    sheet.line("");
    sheet.text(Secrets.maskText(result.output()));
    if (result.cut()) {
      sheet.markCut();
    }
  }

  private static List<String> threads(Scene scene) throws IOException {
    List<String> threads = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(scene.folder().resolve("task"))) {
      for (Path task : tasks) {
        if (threads.size() < MOST_THREADS) {
          threads.add(String.valueOf(task.getFileName()));
        }
      }
    }
    return threads;
  }

  /**
   * The threads one by one and not -f, which follows children too: a traced one that runs sudo does
   * not get its rights. What is read, written and given as arguments is not shown (-s 0): it may be
   * a secret.
   */
  private static List<String> command(List<String> threads) {
    return List.of("strace", "-q", "-tt", "-T", "-y", "-s", "0", "-p", String.join(",", threads));
  }
}
