package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * /proc/PID/syscall (proc_pid_syscall(5)): in which system call a task waits.
 *
 * @param number of the host's architecture; -1 where it waits outside of any
 * @param arguments up to six, as the registers hold them
 */
public record SyscallFile(long number, List<Long> arguments) {
  private static final String FILE = "proc/PID/syscall";
  private static final int ARGUMENTS = 6;

  public SyscallFile {
    arguments = List.copyOf(arguments);
  }

  /** Returns null for a task that runs. */
  public static @Nullable SyscallFile parse(String content) throws MalformedKernelFile {
    Words words = new Words(FILE, content);
    if (words.word(0).equals("running")) {
      return null;
    }
    long number = words.number(0);
    List<Long> arguments = new ArrayList<>();
    for (int i = 1; number >= 0 && i <= ARGUMENTS; i++) {
      arguments.add(hexadecimal(words, i));
    }
    return new SyscallFile(number, arguments);
  }

  private static long hexadecimal(Words words, int index) throws MalformedKernelFile {
    String word = words.word(index);
    try {
      return Long.parseUnsignedLong(word.startsWith("0x") ? word.substring(2) : word, 16);
    } catch (NumberFormatException e) {
      throw words.malformed("argument " + index + " is no number");
    }
  }
}
