package org.medicd.collect;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.medicd.linux.KernelFiles;
import org.medicd.linux.LinuxException;

/** The files below /proc, or below a captured copy of it. */
public final class ProcTree {
  private static final Path LIVE = Path.of("/proc");

  private final Path root;
  private final String prefix;

  public ProcTree(Path root) {
    this.root = root;
    this.prefix = root + "/";
  }

  /** Whether this is the kernel's own, and no captured copy. */
  public boolean isLive() {
    return root.equals(LIVE);
  }

  public Path root() {
    return root;
  }

  /** The names below that are numbers: pids below the root, thread ids below PID/task. */
  public int[] numbers(String folder) throws IOException {
    String[] names = new File(prefix + folder).list();
    if (names == null) {
      throw new NoSuchFileException(prefix + folder);
    }
    int[] numbers = new int[names.length];
    int count = 0;
    for (String name : names) {
      int number = number(name);
      if (number > 0) {
        numbers[count++] = number;
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  /** How many entries a folder has. */
  public int count(String folder) throws IOException {
    String[] names = new File(prefix + folder).list();
    if (names == null) {
      throw new NoSuchFileException(prefix + folder);
    }
    return names.length;
  }

  /** The number that a name is, or 0. Pids have at most seven digits. */
  private static int number(String name) {
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9' || i > 8) {
        return 0;
      }
      number = number * 10 + (digit - '0');
    }
    return number;
  }

  /** The whole file as text; bytes that are no UTF-8 are replaced. */
  public String read(String file) throws IOException {
    return read(file, Integer.MAX_VALUE);
  }

  /** At most so many bytes of the file. */
  public String read(String file, int maxBytes) throws IOException {
    return KernelFiles.read(prefix + file, maxBytes);
  }

  /** Where a symbolic link leads, as it stands there. */
  public String link(String file) throws IOException {
    return KernelFiles.link(prefix + file);
  }

  public boolean exists(String file) {
    return new File(prefix + file).exists();
  }

  /** Whether sysfs, beside proc, knows a block device of this kernel name. */
  public boolean isBlockDevice(String name) {
    return !name.isEmpty()
        && Files.isDirectory(root.resolveSibling("sys").resolve("class/block").resolve(name));
  }

  /** The file or the process is not there, or no longer: nothing that is a gap. */
  public static boolean isAbsence(IOException failure) {
    return failure instanceof NoSuchFileException
        || failure instanceof LinuxException linux
            && (linux.isNoSuchProcess() || linux.isNoSuchFile());
  }

  /** Lack of privileges, which one line can say for all processes. */
  public static boolean isDenial(IOException failure) {
    return failure instanceof LinuxException linux && linux.isDenied();
  }
}
