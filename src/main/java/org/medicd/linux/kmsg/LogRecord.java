package org.medicd.linux.kmsg;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * One record of /dev/kmsg: "priority,sequence,microseconds,flags[,…];text", then lines "
 * KEY=value".
 *
 * @param facility 0 is the kernel; user space, which may write too, never gets 0
 * @param level from 0, emergency, to 7, debug
 * @param sequence number of the record since boot
 * @param micros when it was written, in microseconds of the kernel's local clock, which starts at
 *     boot and stands still in suspend
 * @param text without the escapes, cut at {@link #MOST_CHARS}
 * @param properties of the device that it is about, as SUBSYSTEM=block; mostly none
 */
public record LogRecord(
    int facility,
    int level,
    long sequence,
    long micros,
    String text,
    Map<String, String> properties) {
  /** Longer than any text that is recognised. */
  public static final int MOST_CHARS = 1024;

  private static final String FILE = "dev/kmsg";
  private static final int LEVELS = 8;
  private static final int MOST_FACILITY = 0x1fff_ffff;

  public LogRecord {
    properties = Map.copyOf(properties);
  }

  /** Written by the kernel itself. */
  public boolean isOfKernel() {
    return facility == 0;
  }

  /** The text is only taken apart where it is the kernel's own; else it is empty. */
  public static LogRecord parse(byte[] content, int length) throws MalformedKernelFile {
    int semicolon = indexOf(content, ';', 0, length);
    if (semicolon < 0) {
      throw new MalformedKernelFile(FILE, "no ';' in " + length + " bytes");
    }
    int first = indexOf(content, ',', 0, semicolon);
    int second = indexOf(content, ',', first + 1, semicolon);
    int third = indexOf(content, ',', second + 1, semicolon);
    if (first < 0 || second < 0) {
      throw new MalformedKernelFile(FILE, "fewer than three numbers in front");
    }
    long priority = number(content, 0, first);
    if (priority / LEVELS > MOST_FACILITY) {
      throw new MalformedKernelFile(FILE, "the priority is out of range");
    }
    long sequence = number(content, first + 1, second);
    long micros = number(content, second + 1, third < 0 ? semicolon : third);
    int facility = (int) (priority / LEVELS);
    int level = (int) (priority % LEVELS);
    if (facility != 0) {
      return new LogRecord(facility, level, sequence, micros, "", Map.of());
    }
    int newline = indexOf(content, '\n', semicolon, length);
    int end = newline < 0 ? length : newline;
    String text = unescaped(content, semicolon + 1, end);
    return new LogRecord(
        facility, level, sequence, micros, text, properties(content, end + 1, length));
  }

  private static Map<String, String> properties(byte[] content, int start, int length) {
    if (start >= length) {
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    for (int at = start; at < length; ) {
      int newline = indexOf(content, '\n', at, length);
      int end = newline < 0 ? length : newline;
      int equal = indexOf(content, '=', at, end);
      if (content[at] == ' ' && equal > 0) {
        properties.put(unescaped(content, at + 1, equal), unescaped(content, equal + 1, end));
      }
      at = end + 1;
    }
    return properties;
  }

  /** The kernel writes what is not printable ASCII, and the backslash, as \x5c. */
  private static String unescaped(byte[] content, int start, int end) {
    byte[] plain = new byte[Math.max(0, Math.min(end - start, MOST_CHARS))];
    int length = 0;
    int at = start;
    while (at < end && length < plain.length) {
      int escaped = content[at] == '\\' && end - at >= 4 ? escaped(content, at) : -1;
      plain[length++] = escaped < 0 ? content[at] : (byte) escaped;
      at += escaped < 0 ? 1 : 4;
    }
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }

  private static int escaped(byte[] content, int at) {
    int high = Character.digit(content[at + 2], 16);
    int low = Character.digit(content[at + 3], 16);
    return content[at + 1] == 'x' && high >= 0 && low >= 0 ? high * 16 + low : -1;
  }

  private static int indexOf(byte[] content, char wanted, int start, int end) {
    for (int at = start; at < end; at++) {
      if (content[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  private static long number(byte[] content, int start, int end) throws MalformedKernelFile {
    long value = 0;
    for (int at = start; at < end; at++) {
      int digit = content[at] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        throw new MalformedKernelFile(FILE, "no number at byte " + at);
      }
      value = value * 10 + digit;
    }
    if (start >= end) {
      throw new MalformedKernelFile(FILE, "a number is missing at byte " + start);
    }
    return value;
  }
}
