package org.medicd.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of a program's output and lets the rest go by, so that it never blocks. */
final class BoundedOutput {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[64 * 1024];
  private final long maxBytes;
  private boolean cut;

  BoundedOutput(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes what is there and never waits for more: a grandchild may hold the pipe for ever. */
  boolean takeAvailable(InputStream in) throws IOException {
    int available = in.available();
    if (available <= 0) {
      return false;
    }
    int read = in.read(buffer, 0, Math.min(available, buffer.length));
    if (read <= 0) {
      return false;
    }
    int room = (int) Math.min(read, maxBytes - kept.size());
    kept.write(buffer, 0, room);
    cut |= room < read;
    return true;
  }

  boolean cut() {
    return cut;
  }

  String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
