package org.medicd.collect;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Arrays;
import org.medicd.linux.LinuxException;

/** The files below /proc, or below a captured copy of it. */
final class ProcTree {
  private final Path root;
  private final String prefix;

  ProcTree(Path root) {
    this.root = root;
    this.prefix = root + "/";
  }

  Path root() {
    return root;
  }

  /** The names below that are numbers: pids below the root, thread ids below PID/task. */
  int[] numbers(String folder) throws IOException {
    String[] names = new File(prefix + folder).list();
    if (names == null) {
      throw new NoSuchFileException(prefix + folder);
    }
    int[] numbers = new int[names.length];
    int count = 0;
    for (String name : names) {
      if (!name.isEmpty()
          && name.length() < 10
          && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
        numbers[count++] = Integer.parseInt(name);
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  /** The whole file as text; bytes that are no UTF-8 are replaced. */
  String read(String file) throws IOException {
    return read(file, Integer.MAX_VALUE);
  }

  /** At most so many bytes of the file. */
  String read(String file, int maxBytes) throws IOException {
    return text(prefix + file, maxBytes);
  }

  /** The text of a file elsewhere. */
  static String text(Path file) throws IOException {
    return text(file.toString(), Integer.MAX_VALUE);
  }

  private static String text(String path, int maxBytes) throws IOException {
    try (FileInputStream in = new FileInputStream(path)) {
      return new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8);
    }
  }

  /** Where a symbolic link leads, as it stands there. */
  String link(String file) throws IOException {
    return Files.readSymbolicLink(Path.of(prefix + file)).toString();
  }

  boolean exists(String file) {
    return new File(prefix + file).exists();
  }

  /** Whether sysfs, beside proc, knows a block device of this kernel name. */
  boolean isBlockDevice(String name) {
    return !name.isEmpty()
        && Files.isDirectory(root.resolveSibling("sys").resolve("class/block").resolve(name));
  }

  /** The file, the process or the link is not there, or no longer: nothing that is a gap. */
  static boolean isAbsence(IOException failure) {
    if (failure instanceof LinuxException linux) {
      return linux.isNoSuchProcess() || linux.isNoSuchFile();
    }
    boolean missing = failure instanceof FileNotFoundException && !isDenial(failure);
    return missing
        || failure instanceof NoSuchFileException
        || failure instanceof NotLinkException
        || String.valueOf(failure.getMessage()).contains("No such process");
  }

  /** Lack of privileges, which one line can say for all processes. */
  static boolean isDenial(IOException failure) {
    return failure instanceof AccessDeniedException
        || String.valueOf(failure.getMessage()).contains("Permission denied")
        || String.valueOf(failure.getMessage()).contains("Operation not permitted");
  }
}
