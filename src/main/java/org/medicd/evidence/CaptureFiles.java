package org.medicd.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where one capture puts what it finds: bounded in bytes, by what is left on the disk too, and left
 * alone once the disk hangs.
 */
final class CaptureFiles {
  private static final Duration A_WRITE = Duration.ofSeconds(1);

  /** Evidence of a full disk must not fill it. */
  private static final int SHARE_OF_WHAT_IS_LEFT = 16;

  private final Path path;
  private final ExpendableThreads threads;
  private final Gaps gaps;
  private final List<CaptureReport.Captured> files = new ArrayList<>();
  private @Nullable EvidenceFolder folder;
  private long bytesLeft = Captures.MAX_TOTAL_BYTES;
  private boolean diskHangs;

  CaptureFiles(Path path, ExpendableThreads threads, Gaps gaps) {
    this.path = path;
    this.threads = threads;
    this.gaps = gaps;
  }

  Path path() {
    return path;
  }

  /** What was kept so far. */
  List<CaptureReport.Captured> list() {
    return files;
  }

  /** Makes the folder; false where nothing can be kept. */
  boolean create() throws InterruptedException {
    folder = write("folder", () -> EvidenceFolder.create(path));
    Long room =
        folder == null
            ? null
            : write("folder", () -> Files.getFileStore(path).getUnallocatedSpace());
    if (room == null) {
      return false;
    }
    bytesLeft = Math.min(bytesLeft, room / SHARE_OF_WHAT_IS_LEFT);
    return true;
  }

  /** A page for one part. */
  Sheet sheet() {
    return new Sheet(Math.min(Captures.MAX_FILE_BYTES, bytesLeft));
  }

  /** Takes what is on the page; false where that is nothing, or could not be kept. */
  boolean keep(String name, Sheet sheet) throws InterruptedException {
    sheet.close();
    byte[] content = sheet.content();
    if (content.length == 0) {
      if (sheet.cut()) {
        gaps.add(name, "not kept: no room is left for it");
      }
      return false;
    }
    String file = name + ".txt";
    if (!put(name, file, content)) {
      return false;
    }
    bytesLeft -= content.length;
    files.add(new CaptureReport.Captured(file, content.length, sheet.cut()));
    return true;
  }

  void summary(String text) throws InterruptedException {
    put("summary", "summary.txt", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes all of it. */
  void drop() throws InterruptedException {
    files.clear();
    EvidenceFolder from = folder;
    if (from != null) {
      write(
          "folder",
          () -> {
            from.drop();
            return true;
          });
    }
  }

  private boolean put(String aspect, String file, byte[] content) throws InterruptedException {
    EvidenceFolder to = folder;
    Boolean done =
        to == null
            ? null
            : write(
                aspect,
                () -> {
                  to.write(file, content);
                  return true;
                });
    return done != null;
  }

  /** Writes even when the time is over, but not again on a disk that hung once. */
  private <T> @Nullable T write(String aspect, Callable<T> work) throws InterruptedException {
    if (diskHangs) {
      gaps.add(aspect, "not written: the disk of " + path + " hangs");
      return null;
    }
    try {
      return threads.within(A_WRITE, work);
    } catch (TimeoutException e) {
      diskHangs = true;
      gaps.add(aspect, "not written within " + A_WRITE.toMillis() + " ms: the disk hangs");
    } catch (IOException e) {
      gaps.add(aspect, "not written: " + Reason.of(e));
    }
    return null;
  }
}
