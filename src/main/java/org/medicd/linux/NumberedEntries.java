package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The entries of a folder whose names are numbers: pids in /proc. The folder stays open and is
 * listed with getdents64(2), which makes no object for an entry.
 */
public final class NumberedEntries implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 15;
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;
  private static final int CLOSED = -1;

  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
  private final String path;
  private int descriptor;
  private int[] numbers = new int[256];
  private int count;
  private boolean ascending;

  private NumberedEntries(String path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  public static NumberedEntries open(String path) throws LinuxException {
    int flags = Libc.O_RDONLY | Libc.O_CLOEXEC | Libc.O_DIRECTORY;
    int descriptor = Libc.open(Libc.string(path), flags);
    if (descriptor < 0) {
      throw Libc.failure("open " + path);
    }
    return new NumberedEntries(path, descriptor);
  }

  /** Lists them anew. */
  public void list() throws LinuxException {
    count = 0;
    ascending = true;
    if (Libc.lseek(descriptor, 0, 0) < 0) {
      throw Libc.failure("rewind " + path);
    }
    while (true) {
      long length = Libc.syscall(Libc.SYS_GETDENTS64, descriptor, buffer, BUFFER_BYTES);
      if (length < 0) {
        throw Libc.failure("list " + path);
      }
      if (length == 0) {
        break;
      }
      take((int) length);
    }
    if (!ascending) {
      Arrays.sort(numbers, 0, count);
    }
  }

  /** How many were last listed. */
  public int count() {
    return count;
  }

  /** One of those last listed, in ascending order. */
  public int get(int index) {
    return numbers[index];
  }

  private void take(int length) {
    for (int at = 0; at < length; at += buffer.getShort(at + LENGTH_AT)) {
      int number = number(at + NAME_AT);
      if (number > 0) {
        add(number);
      }
    }
  }

  private void add(int number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    ascending &= count == 0 || numbers[count - 1] < number;
    numbers[count++] = number;
  }

  /** The number that the name at this place is, or 0. Pids have at most seven digits. */
  private int number(int at) {
    int number = 0;
    for (int i = at; buffer.get(i) != 0; i++) {
      int digit = buffer.get(i) - '0';
      if (digit < 0 || digit > 9 || i - at > 8) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  @Override
  public void close() {
    if (descriptor != CLOSED) {
      Libc.close(descriptor);
      descriptor = CLOSED;
    }
  }
}
