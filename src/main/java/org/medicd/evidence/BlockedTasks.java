package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.Snapshot;

/**
 * Who waits in the kernel and cannot be killed, for what, and where in the kernel.
 *
 * @param proc /proc, or a tree like it
 * @param most of how many the kernel's stack is told
 */
record BlockedTasks(Path proc, Snapshot seen, int most) implements Part {
  private static final int MOST_THREADS = 64;

  @Override
  public String name() {
    return "blocked";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(2);
  }

  @Override
  public void take(Sheet sheet) {
    List<Proc> blocked =
        seen.processes().values().stream().filter(BlockedTasks::isBlocked).toList();
    if (blocked.isEmpty()) {
      return;
    }
    sheet.line(
        blocked.size() + " processes are in uninterruptible sleep, or have a thread that is");
    blocked.forEach(each -> sheet.line(describe(each)));
    sheet.line("");
    blocked.stream().limit(most).forEach(each -> stacks(each, sheet));
  }

  private static boolean isBlocked(Proc proc) {
    return proc.state() == ProcState.DISK_SLEEP || proc.blockedSeconds() != null;
  }

  private static String describe(Proc each) {
    String since =
        each.blockedSeconds() == null ? "" : " for " + Math.round(each.blockedSeconds()) + " s";
    String in = each.wchan() == null ? "" : " in " + each.wchan();
    String on = each.waitsOn() == null ? "" : ", waits for " + each.waitsOn();
    String unit = each.unit() == null ? "" : " of " + each.unit();
    return "  %s (%s)%s%s%s%s".formatted(each.id(), each.comm(), unit, since, in, on);
  }

  private void stacks(Proc each, Sheet sheet) {
    Path tasks = proc.resolve(each.id().pid() + "/task");
    int looked = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        if (++looked > MOST_THREADS || sheet.full()) {
          return;
        }
        if (Threads.state(thread).equals("D")) {
          sheet.line(each.id() + ", thread " + thread.getFileName() + ":");
          Threads.stack(thread, sheet);
        }
      }
    } catch (IOException e) {
      sheet.line(each.id() + ": " + Reason.of(e));
    }
  }
}
