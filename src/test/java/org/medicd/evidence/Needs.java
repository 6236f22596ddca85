package org.medicd.evidence;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;
import org.medicd.linux.TrustedPrograms;

/** Skips a test where a program is not installed, or fails it if skips are to fail. */
final class Needs {
  private Needs() {}

  static void program(String name) {
    boolean there = TrustedPrograms.ofThisHost().find(name).isPresent();
    if (!there && Boolean.getBoolean("medicd.skips.fail")) {
      fail(name + " is not installed");
    }
    Assumptions.assumeTrue(there, name + " is not installed");
  }
}
