package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/** A file of lines "key number". Only what is asked for is taken apart: memory.stat has some 60. */
final class KeyedNumbers {
  private final String file;
  private final String content;

  KeyedNumbers(String file, String content) {
    this.file = file;
    this.content = content;
  }

  /** Null where the kernel has no such line. */
  @Nullable Long find(String key) throws MalformedKernelFile {
    int at = 0;
    while (at < content.length()) {
      int end = content.indexOf('\n', at);
      end = end < 0 ? content.length() : end;
      if (content.startsWith(key, at) && content.startsWith(" ", at + key.length())) {
        return number(file, content, at + key.length() + 1, end);
      }
      at = end + 1;
    }
    return null;
  }

  long get(String key) throws MalformedKernelFile {
    Long value = find(key);
    if (value == null) {
      throw new MalformedKernelFile(file, "no line \"" + key + "\"");
    }
    return value;
  }

  /** A number that is not negative; one beyond a long is its largest: counters of 64 bits. */
  static long number(String file, String content, int start, int end) throws MalformedKernelFile {
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = content.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedKernelFile(file, "no number at character " + start);
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    if (start >= end) {
      throw new MalformedKernelFile(file, "a number is missing at character " + start);
    }
    return value;
  }
}
