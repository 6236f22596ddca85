package org.medicd.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medicd.fact.ProcessId;

/**
 * Where the parts look: the folder of one process.
 *
 * @param proc /proc, or a tree like it
 */
record Scene(Path proc, ProcessId process) {
  /** The kernel gives a line or a few for most files; this is for those. */
  static final int SMALL_BYTES = 64 * 1024;

  /** For those with a line for each mapping, mount or socket. */
  static final int LARGE_BYTES = 4 * 1024 * 1024;

  Path folder() {
    return proc.resolve(Integer.toString(process.pid()));
  }

  /** At most that many bytes of a file of the process. */
  String read(String name, int maxBytes) throws IOException {
    return read(folder().resolve(name), maxBytes);
  }

  static String read(Path file, int maxBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8);
    }
  }
}
