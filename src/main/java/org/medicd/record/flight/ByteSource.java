package org.medicd.record.flight;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a {@link ByteSink} wrote, a piece at a time. */
final class ByteSource {
  private byte[] bytes = new byte[0];
  private int end;
  private int next;

  /** Goes on with these. */
  void load(byte[] piece, int size) {
    bytes = piece;
    end = size;
    next = 0;
  }

  int octet() throws IOException {
    if (next == end) {
      throw new EOFException("the recording is damaged: a tick breaks off");
    }
    return bytes[next++] & 0xFF;
  }

  long count() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = octet();
      value |= (long) (part & 0x7F) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("the recording is damaged: a number is too long");
  }

  /** A count that is an index or a size: within limits. */
  int index(int below) throws IOException {
    long value = count();
    if (value < 0 || value >= below) {
      throw new IOException("the recording is damaged: a number is out of range: " + value);
    }
    return (int) value;
  }

  long number() throws IOException {
    long raw = count();
    return (raw >>> 1) ^ -(raw & 1);
  }

  double bits() throws IOException {
    long raw = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      raw |= (long) octet() << shift;
    }
    return Double.longBitsToDouble(raw);
  }

  String text() throws IOException {
    long size = count();
    if (size < 0 || size > end - next) {
      throw new EOFException("the recording is damaged: a text breaks off");
    }
    String text = new String(bytes, next, (int) size, StandardCharsets.UTF_8);
    next += (int) size;
    return text;
  }
}
