package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do beyond its user id (capabilities(7)). */
enum Capability {
  /** To read what others keep to themselves. */
  DAC_READ_SEARCH(2),
  /** To run a program as another group. */
  SETGID(6),
  /** To run a program as another user. */
  SETUID(7),
  /** To lower the bounds of what programs that it runs may ever do. */
  SETPCAP(8),
  /** To keep as much in memory as it likes. */
  IPC_LOCK(14);

  private static final String EFFECTIVE = "CapEff:";

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** False also where it cannot be told. */
  boolean isHeld() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
          .anyMatch(held -> (held >> number & 1) == 1);
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }
}
