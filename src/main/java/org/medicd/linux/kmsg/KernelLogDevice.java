package org.medicd.linux.kmsg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.LinuxException;
import org.medicd.linux.RecordDevice;

/**
 * /dev/kmsg. It takes CAP_SYSLOG, or kernel.dmesg_restrict to be 0, and read permission on the
 * device. For one thread.
 */
public final class KernelLogDevice implements KernelLog {
  /** CONSOLE_EXT_LOG_MAX: the kernel gives no longer record, and refuses shorter buffers. */
  private static final int RECORD_BYTES = 8192;

  private final RecordDevice device;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RECORD_BYTES);
  private final byte[] bytes = new byte[RECORD_BYTES];

  private KernelLogDevice(RecordDevice device) {
    this.device = device;
  }

  public static KernelLogDevice open(Path path) throws LinuxException {
    return new KernelLogDevice(RecordDevice.openAtEnd(path));
  }

  @Override
  public @Nullable LogRecord next() throws IOException {
    try {
      int length = device.read(buffer);
      if (length <= 0) {
        return null;
      }
      buffer.get(bytes, 0, length);
      return LogRecord.parse(bytes, length);
    } catch (LinuxException e) {
      if (e.isOverwritten()) {
        throw new OverwrittenRecords();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    device.close();
  }
}
