package org.medicd.linux.proc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines "Key: value", where the kernel may leave out keys. Only lines that are asked for
 * are taken apart: /proc/PID/status has some sixty.
 */
final class Lines {
  private final String file;
  private final Map<String, String> values = new HashMap<>();

  Lines(String file, String content) {
    this.file = file;
    for (String line : content.split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.putIfAbsent(line.substring(0, colon), line.substring(colon + 1));
      }
    }
  }

  @Nullable Words find(String key) {
    String value = values.get(key);
    return value == null ? null : new Words(file, value);
  }

  Words get(String key) throws MalformedKernelFile {
    Words words = find(key);
    if (words == null) {
      throw new MalformedKernelFile(file, "no line \"" + key + ":\"");
    }
    return words;
  }

  @Nullable Long kibibytes(String key) throws MalformedKernelFile {
    Words words = find(key);
    return words != null ? (Long) words.kibibytes(0) : null;
  }

  @Nullable Long number(String key) throws MalformedKernelFile {
    Words words = find(key);
    return words != null ? (Long) words.number(0) : null;
  }
}
