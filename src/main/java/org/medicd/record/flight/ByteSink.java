package org.medicd.record.flight;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are written; whole numbers take as few as they need (LEB128, zigzag). */
final class ByteSink {
  private byte[] bytes = new byte[1 << 12];
  private int size;

  void octet(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  /** 0 or more. */
  void count(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    octet((int) rest);
  }

  void number(long value) {
    count((value << 1) ^ (value >> 63));
  }

  void bits(double value) {
    long raw = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      octet((int) (raw >>> shift));
    }
  }

  void text(String value) {
    byte[] utf = value.getBytes(StandardCharsets.UTF_8);
    count(utf.length);
    for (byte each : utf) {
      octet(each);
    }
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] array() {
    return bytes;
  }
}
