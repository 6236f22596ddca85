package org.medicd.collect.census;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The path that a task gave to a system call, read from its memory (/proc/PID/mem). May block for
 * as long as another thread of it changes its mappings: for {@link Details} only.
 */
final class PathArgument {
  private static final int PATH_MAX = 4096;

  private PathArgument() {}

  /** Null where the address holds no path, or may not be read. */
  static @Nullable String read(Path proc, int pid, long address) {
    if (address <= 0) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(PATH_MAX);
    try (FileChannel memory =
        FileChannel.open(proc.resolve(pid + "/mem"), StandardOpenOption.READ)) {
      memory.read(bytes, address);
    } catch (IOException e) {
      return null;
    }
    return path(bytes.flip());
  }

  /** Up to the terminating 0. */
  private static @Nullable String path(ByteBuffer bytes) {
    for (int i = 0; i < bytes.limit(); i++) {
      if (bytes.get(i) == 0) {
        return i == 0 ? null : new String(bytes.array(), 0, i, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
