package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One capture while it is taken. Every touch of /proc and of the disk may hang, and may be left.
 */
final class Capture {
  static final String NO_TIME = "no time was left for it";

  private final ExpendableThreads threads;
  private final TimeLeft timeLeft;
  private final Gaps gaps;
  private final CaptureFiles files;
  private @Nullable String atMmapLock;

  /**
   * @param subject in words, as "pid 17"
   * @param path the folder to make
   */
  Capture(String subject, Path path, ExpendableThreads threads, TimeLeft timeLeft) {
    this.threads = threads;
    this.timeLeft = timeLeft;
    this.gaps = new Gaps(subject);
    this.files = new CaptureFiles(path, threads, gaps);
  }

  CaptureFiles files() {
    return files;
  }

  Gaps gaps() {
    return gaps;
  }

  TimeLeft timeLeft() {
    return timeLeft;
  }

  void read(List<Part> parts) throws InterruptedException {
    for (Part part : parts) {
      read(part);
    }
  }

  private void read(Part part) throws InterruptedException {
    Sheet sheet = files.sheet();
    attempt(
        part.name(),
        part.deadline(),
        part.takesMmapLock(),
        () -> {
          part.take(sheet);
          return true;
        });
    files.keep(part.name(), sheet);
  }

  /**
   * Reads what may fail or hang; then there is a gap, and null.
   *
   * @param takesMmapLock of the target: where that is held it is not tried again
   */
  <T> @Nullable T attempt(String aspect, Duration most, boolean takesMmapLock, Callable<T> work)
      throws InterruptedException {
    Duration deadline = timeLeft.atMost(most);
    if (deadline.isZero()) {
      gaps.add(aspect, NO_TIME);
      return null;
    }
    if (takesMmapLock && atMmapLock != null) {
      gaps.add(aspect, "not tried: it takes the lock at which " + atMmapLock + " hangs");
      return null;
    }
    try {
      return threads.within(deadline, work);
    } catch (TimeoutException e) {
      gaps.add(aspect, "hangs: not ready within " + deadline.toMillis() + " ms");
      atMmapLock = takesMmapLock && atMmapLock == null ? aspect : atMmapLock;
    } catch (IOException e) {
      gaps.add(aspect, Reason.of(e));
    }
    return null;
  }

  /**
   * Ends the capture with a summary.
   *
   * @param about the first lines of it
   */
  CaptureReport end(List<String> about) throws InterruptedException {
    files.summary(Summary.of(about, report(false)));
    return report(false);
  }

  /** Its subject has gone: nothing of it is kept. */
  CaptureReport vanished() throws InterruptedException {
    files.drop();
    return report(true);
  }

  /** How it stands now. */
  CaptureReport report(boolean vanished) {
    return new CaptureReport(vanished, files.path(), files.list(), gaps.list(), timeLeft.elapsed());
  }
}
