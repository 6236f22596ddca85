package org.medicd.linux.proc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.medicd.linux.Descriptor;
import org.medicd.linux.LinuxException;

/**
 * An open descriptor on /proc/PID/stat. It answers for the process that had the pid when it was
 * opened and never for a later one. Safe to read and to close from several threads.
 */
public final class HeldStat implements AutoCloseable {
  /** What {@link #read} returns when the process has ended. */
  public static final int GONE = -1;

  /** Longer than any stat line: 52 numbers of at most 20 digits, and the name. */
  public static final int BUFFER_BYTES = 2048;

  private final Descriptor descriptor;

  private HeldStat(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Fails with ENOENT or ESRCH where there is no such process. */
  public static HeldStat open(Path proc, int pid) throws LinuxException {
    return new HeldStat(Descriptor.open(proc.resolve(pid + "/stat")));
  }

  /**
   * Reads the line into a direct buffer.
   *
   * @return how many bytes, or {@link #GONE}
   * @throws IOException for any reason but the end of the process
   */
  public int read(ByteBuffer direct) throws IOException {
    try {
      int count = descriptor.read(direct);
      return count == 0 ? GONE : count;
    } catch (LinuxException e) {
      if (e.isNoSuchProcess()) {
        return GONE;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
