package org.medicd.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands entries to systemd's journal, by its native protocol, each in one datagram. Long values are
 * cut, so that it fits. https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
 */
public final class JournalSocket {
  private static final String SOCKET = "/run/systemd/journal/socket";
  private static final Path STDERR = Path.of("/proc/self/fd/2");
  private static final int MOST_BYTES = 8 << 10;

  /** Where the host's sockets take so little that the first try was too much. */
  private static final int FEW_BYTES = 128;

  private final UnixDatagram socket;

  /**
   * @param socket an absolute path
   */
  public JournalSocket(String socket) {
    this.socket = new UnixDatagram(socket);
  }

  /** That of this host, whether it is there or not. */
  public static JournalSocket ofThisHost() {
    return new JournalSocket(SOCKET);
  }

  /**
   * Whether what this process writes to its standard error is in the journal already.
   *
   * @param environment JOURNAL_STREAM of it names the stream, see systemd.exec(5): somebody between
   *     systemd and this process may have put a file in its place
   */
  public static boolean isStderr(Map<String, String> environment) {
    return isStream(STDERR, environment.get("JOURNAL_STREAM"));
  }

  static boolean isStream(Path file, @Nullable String stream) {
    if (stream == null) {
      return false;
    }
    try {
      Object device = Files.getAttribute(file, "unix:dev");
      Object inode = Files.getAttribute(file, "unix:ino");
      return stream.equals(device + ":" + inode);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Never waits: a journal that hangs takes nothing.
   *
   * @param fields names as the protocol has them (A to Z, 0 to 9 and _), and values
   */
  public void send(Map<String, String> fields) throws LinuxException {
    try {
      socket.sendAtOnce(entry(fields, MOST_BYTES));
    } catch (LinuxException e) {
      if (!e.isTooLarge()) {
        throw e;
      }
      socket.sendAtOnce(entry(fields, FEW_BYTES));
    }
  }

  private static byte[] entry(Map<String, String> fields, int most) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    fields.forEach((name, value) -> add(entry, name, cut(value, most)));
    return entry.toByteArray();
  }

  /** NAME=value; or, as it may hold line ends, NAME, its length and the value. */
  private static void add(ByteArrayOutputStream entry, String name, byte[] value) {
    entry.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    if (contains(value, (byte) '\n')) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      entry.write('\n');
      entry.writeBytes(length.putLong(value.length).array());
    } else {
      entry.write('=');
    }
    entry.writeBytes(value);
    entry.write('\n');
  }

  private static boolean contains(byte[] bytes, byte wanted) {
    for (byte each : bytes) {
      if (each == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Not within a character. */
  private static byte[] cut(String value, int most) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= most) {
      return bytes;
    }
    int end = most;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
