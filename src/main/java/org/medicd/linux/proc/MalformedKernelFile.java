package org.medicd.linux.proc;

import java.io.IOException;

/** A file of /proc that does not read as the kernel documents it; the only thing parsers throw. */
public final class MalformedKernelFile extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file which kind of file, as "proc/PID/stat"
   * @param reason what was missing or wrong
   */
  public MalformedKernelFile(String file, String reason) {
    super(file + ": " + reason);
  }
}
