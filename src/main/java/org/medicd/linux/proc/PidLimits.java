package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/PID/limits (proc_pid_limits(5)), the soft limits.
 *
 * @param openFiles "Max open files"; null where it is unlimited
 */
public record PidLimits(@Nullable Long openFiles) {
  private static final String FILE = "proc/PID/limits";
  private static final String OPEN_FILES = "Max open files";

  public static PidLimits parse(String content) throws MalformedKernelFile {
    for (String line : content.split("\n")) {
      if (line.startsWith(OPEN_FILES)) {
        Words words = new Words(FILE, line.substring(OPEN_FILES.length()));
        return new PidLimits(words.word(0).equals("unlimited") ? null : words.number(0));
      }
    }
    throw new MalformedKernelFile(FILE, "no line \"" + OPEN_FILES + "\"");
  }
}
