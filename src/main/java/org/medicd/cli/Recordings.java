package org.medicd.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Gives access to what a daemon's flight recorder keeps. */
public interface Recordings {
  /** A copy that goes on while the daemon records. */
  interface Copy {
    /** Copies what is complete by now. */
    void go() throws IOException;

    /** Copies the rest; returns how many bytes it came to. */
    long finish() throws IOException;
  }

  /**
   * Begins a copy.
   *
   * @param runtime folder of the daemon
   */
  Copy begin(Path runtime, OutputStream out);
}
