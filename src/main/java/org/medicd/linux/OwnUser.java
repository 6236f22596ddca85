package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that medicd runs as. */
final class OwnUser {
  private OwnUser() {}

  /** The effective user id: the kernel gives /proc/self to it. */
  static int uid() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
