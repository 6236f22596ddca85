package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A device that gives one record a read and never waits for one. Reading and closing exclude one
 * another, as those of a {@link Descriptor}.
 */
public final class RecordDevice implements AutoCloseable {
  /** What {@link #read} returns where there is no record yet. */
  public static final int NOTHING_YET = -1;

  private static final int CLOSED = -1;

  private final Path path;
  private int number;

  private RecordDevice(Path path, int number) {
    this.path = path;
    this.number = number;
  }

  /** Opens it behind the last record that there is. */
  public static RecordDevice openAtEnd(Path path) throws LinuxException {
    int flags = Libc.O_RDONLY | Libc.O_CLOEXEC | Libc.O_NONBLOCK;
    int number = Libc.open(Libc.string(path.toString()), flags);
    if (number < 0) {
      throw Libc.failure("open " + path);
    }
    if (Libc.lseek(number, 0, Libc.SEEK_END) < 0) {
      LinuxException failure = Libc.failure("lseek " + path);
      Libc.close(number);
      throw failure;
    }
    return new RecordDevice(path, number);
  }

  /**
   * Reads one record into a direct buffer, from its position 0, and leaves it ready to be read.
   *
   * @return the bytes read, or {@link #NOTHING_YET}
   * @throws LinuxException as the kernel answers; EBADF after close
   */
  public synchronized int read(ByteBuffer direct) throws LinuxException {
    direct.clear();
    while (true) {
      long count = Libc.read(number, direct, direct.capacity());
      if (count >= 0) {
        direct.limit((int) count);
        return (int) count;
      }
      direct.limit(0);
      LinuxException failure = Libc.failure("read " + path);
      if (failure.isNothingYet()) {
        return NOTHING_YET;
      }
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
