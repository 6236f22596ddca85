package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file that stays open for reading from its start again and again. Reading and closing exclude
 * one another, so that a number that the kernel has given to another file is never read.
 */
public final class Descriptor implements AutoCloseable {
  private static final int CLOSED = -1;

  private final Path path;
  private int number;

  private Descriptor(Path path, int number) {
    this.path = path;
    this.number = number;
  }

  public static Descriptor open(Path path) throws LinuxException {
    int number = Libc.open(Libc.string(path.toString()), Libc.O_RDONLY | Libc.O_CLOEXEC);
    if (number < 0) {
      throw Libc.failure("open " + path);
    }
    return new Descriptor(path, number);
  }

  /**
   * Reads from the start of the file into a direct buffer, from its position 0, and leaves it ready
   * to be read. What does not fit is cut off.
   *
   * @return the bytes read
   * @throws LinuxException as the kernel answers; EBADF after close
   */
  public synchronized int read(ByteBuffer direct) throws LinuxException {
    direct.clear();
    while (true) {
      long count = Libc.pread(number, direct, direct.capacity(), 0);
      if (count >= 0) {
        direct.limit((int) count);
        return (int) count;
      }
      direct.limit(0);
      LinuxException failure = Libc.failure("read " + path);
      if (!failure.isInterrupted()) {
        throw failure;
      }
    }
  }

  @Override
  public synchronized void close() {
    if (number != CLOSED) {
      Libc.close(number);
      number = CLOSED;
    }
  }
}
