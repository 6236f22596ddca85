package org.medicd.evidence;

import java.nio.charset.StandardCharsets;

/**
 * The page that a part writes on: bounded in bytes, and closed at the deadline, so that a part that
 * hangs leaves what it has found and adds nothing later.
 */
final class Sheet {
  private final StringBuilder text = new StringBuilder();
  private final long maxBytes;
  private long bytes;
  private boolean cut;
  private boolean full;

  Sheet(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Adds text of several lines; control characters other than the line's end are escaped. */
  synchronized void text(String lines) {
    add(Printable.lines(lines));
  }

  /** Adds one line, in which a line's end is escaped too. */
  synchronized void line(String line) {
    add(Printable.line(line) + "\n");
  }

  synchronized void close() {
    full = true;
  }

  /** Says that the source had more than was read of it. */
  synchronized void markCut() {
    cut = true;
  }

  synchronized boolean cut() {
    return cut;
  }

  /** True if nothing more is taken; the part may as well stop. */
  synchronized boolean full() {
    return full;
  }

  synchronized byte[] content() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(String more) {
    if (full) {
      return;
    }
    int length = more.getBytes(StandardCharsets.UTF_8).length;
    if (bytes + length <= maxBytes) {
      text.append(more);
      bytes += length;
      return;
    }
    cut = true;
    full = true;
    byte[] room = new byte[(int) (maxBytes - bytes)];
    System.arraycopy(more.getBytes(StandardCharsets.UTF_8), 0, room, 0, room.length);
    String fits = new String(room, StandardCharsets.UTF_8);
    // half of a character at the cut became U+FFFD, which is longer than what it stands for
    text.append(fits.endsWith("\uFFFD") ? fits.substring(0, fits.length() - 1) : fits);
    bytes = maxBytes;
  }
}
