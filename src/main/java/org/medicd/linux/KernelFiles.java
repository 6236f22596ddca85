package org.medicd.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads files and links of /proc and tells failures by their number: the JDK tells many of them by
 * a text alone, in the language of the host.
 */
public final class KernelFiles {
  private static final int CHUNK_BYTES = 4096;

  private KernelFiles() {}

  /** At most so many bytes of a file, as text; bytes that are no UTF-8 are replaced. */
  public static String read(String path, int maxBytes) throws LinuxException {
    int descriptor = Libc.open(Libc.string(path), Libc.O_RDONLY | Libc.O_CLOEXEC);
    if (descriptor < 0) {
      throw Libc.failure("open " + path);
    }
    try {
      return read(descriptor, path, maxBytes);
    } finally {
      Libc.close(descriptor);
    }
  }

  private static String read(int descriptor, String path, int maxBytes) throws LinuxException {
    byte[] chunk = new byte[Math.min(CHUNK_BYTES, maxBytes)];
    ByteArrayOutputStream all = new ByteArrayOutputStream(chunk.length);
    while (all.size() < maxBytes) {
      long count = Libc.read(descriptor, chunk, Math.min(chunk.length, maxBytes - all.size()));
      if (count > 0) {
        all.write(chunk, 0, (int) count);
        continue;
      }
      LinuxException failure = count < 0 ? Libc.failure("read " + path) : null;
      if (failure == null) {
        break;
      }
      if (!failure.isInterrupted()) {
        throw failure;
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Where a symbolic link leads, as it stands there. */
  public static String link(String path) throws LinuxException {
    byte[] target = new byte[CHUNK_BYTES];
    long length = Libc.readlink(Libc.string(path), target, target.length);
    if (length < 0) {
      throw Libc.failure("readlink " + path);
    }
    return new String(target, 0, (int) length, StandardCharsets.UTF_8);
  }
}
