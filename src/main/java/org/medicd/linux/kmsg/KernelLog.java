package org.medicd.linux.kmsg;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Records of the kernel's log, one after the other. */
public interface KernelLog extends AutoCloseable {
  /**
   * The next record, or null where there is none yet. Never waits.
   *
   * @throws OverwrittenRecords if some were overwritten before they were read; the next call goes
   *     on behind them
   */
  @Nullable LogRecord next() throws IOException;

  @Override
  void close();

  /** Opens a log behind its last record. */
  @FunctionalInterface
  interface Opener {
    KernelLog open() throws IOException;
  }

  /** Records came faster than they were read. */
  final class OverwrittenRecords extends IOException {
    private static final long serialVersionUID = 1L;

    public OverwrittenRecords() {
      super("records were overwritten before they were read");
    }
  }
}
