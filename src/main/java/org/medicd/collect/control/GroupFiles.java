package org.medicd.collect.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Gaps;
import org.medicd.linux.KernelFiles;
import org.medicd.linux.LinuxException;

/**
 * Reads the files of control groups during one look. A file that is not there is null: the group
 * has been removed, or a controller is not enabled for it. What fails in another way is one gap,
 * for however many groups.
 */
final class GroupFiles {
  private static final int MOST_BYTES = 64 * 1024;

  /** A parser of linux.cgroup. */
  interface Parser<T> {
    @Nullable T parse(String content) throws IOException;
  }

  private record Failure(int groups, String reason) {}

  private final Map<String, Failure> failures = new TreeMap<>();

  <T> @Nullable T read(@Nullable String folder, String file, Parser<T> parser) {
    if (folder == null) {
      return null;
    }
    try {
      return parser.parse(KernelFiles.read(folder + "/" + file, MOST_BYTES));
    } catch (IOException e) {
      if (!isAbsence(e)) {
        fail(file, e);
      }
      return null;
    }
  }

  private void fail(String file, IOException e) {
    String reason = e.getMessage() != null ? e.getMessage() : e.toString();
    failures.merge(file, new Failure(1, reason), (a, b) -> new Failure(a.groups + 1, a.reason));
  }

  @Nullable String text(@Nullable String folder, String file) {
    return read(folder, file, content -> content);
  }

  /** A number that no other group has at the same time or soon after; null where there is none. */
  @Nullable Object identity(@Nullable String folder) {
    try {
      return folder == null ? null : Files.getAttribute(Path.of(folder), "unix:ino");
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      fail("*", e);
      return null;
    }
  }

  private static boolean isAbsence(IOException failure) {
    return failure instanceof LinuxException linux
        && (linux.isNoSuchFile() || linux.isNoSuchDevice());
  }

  void tell(Gaps gaps) {
    failures.forEach(
        (file, failure) ->
            gaps.add("cgroup/" + file, failure.groups() + " control groups", failure.reason()));
  }
}
