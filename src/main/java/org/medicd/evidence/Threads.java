package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What each thread does: its state, and the kernel function, call and stack that it waits in. */
record Threads(Scene scene, int most) implements Part {
  private static final int MAX_FILE_BYTES = 8 * 1024;

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(2);
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    int seen = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(scene.folder().resolve("task"))) {
      for (Path task : tasks) {
        if (++seen <= most) {
          describe(task, sheet);
        }
        if (sheet.full()) {
          return;
        }
      }
    }
    if (seen > most) {
      sheet.line("and " + (seen - most) + " threads more");
      sheet.markCut();
    }
  }

  private static void describe(Path task, Sheet sheet) {
    sheet.line(
        "thread %s \"%s\" state %s, wchan %s"
            .formatted(task.getFileName(), line(task, "comm"), state(task), line(task, "wchan")));
    sheet.line("  syscall: " + line(task, "syscall"));
    stack(task, sheet);
  }

  /** Where in the kernel the thread of that folder waits. */
  static void stack(Path task, Sheet sheet) {
    sheet.line("  kernel stack:");
    answer(task, "stack").strip().lines().forEach(frame -> sheet.line("    " + frame));
  }

  /** Its letter. */
  static String state(Path task) {
    String stat = answer(task, "stat");
    int end = stat.lastIndexOf(") ");
    return end < 0 || end + 2 >= stat.length() ? stat : stat.substring(end + 2, end + 3);
  }

  private static String line(Path task, String file) {
    String answer = answer(task, file);
    return answer.endsWith("\n") ? answer.substring(0, answer.length() - 1) : answer;
  }

  /** The file, or why there is none: one thread that ends must not cost the others. */
  private static String answer(Path task, String file) {
    try {
      return Scene.read(task.resolve(file), MAX_FILE_BYTES);
    } catch (AccessDeniedException e) {
      return "(not permitted)";
    } catch (IOException e) {
      return "(unknown: " + Reason.of(e) + ")";
    }
  }
}
