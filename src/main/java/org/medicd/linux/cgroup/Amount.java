package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/** A file of one number, as memory.current and pids.max, or of the word "max". */
public final class Amount {
  /** What v1 shows for no limit is this or, in whole pages, a little less. */
  private static final long NO_LIMIT = 1L << 62;

  private Amount() {}

  /**
   * @param file its name, for messages
   */
  public static long parse(String file, String content) throws MalformedKernelFile {
    return KeyedNumbers.number("cgroup/" + file, content, 0, content.stripTrailing().length());
  }

  /** Null where there is no limit: max on v2, -1 or an immense number on v1. */
  public static @Nullable Long parseLimit(String file, String content) throws MalformedKernelFile {
    String word = content.stripTrailing();
    if (word.equals("max") || word.equals("-1")) {
      return null;
    }
    long limit = parse(file, content);
    return limit >= NO_LIMIT ? null : (Long) limit;
  }
}
