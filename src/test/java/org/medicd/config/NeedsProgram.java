package org.medicd.config;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.medicd.lab.Program;

/** Skips a test where a program cannot do what it is about, or fails it if skips are to fail. */
public final class NeedsProgram {
  private NeedsProgram() {}

  /**
   * @param command ends well where it can
   * @param name for the report
   */
  public static void that(String command, String name) {
    boolean there = Program.run(Duration.ofSeconds(20), List.of("sh", "-c", command)).status() == 0;
    if (!there && Boolean.getBoolean("medicd.skips.fail")) {
      fail(name + " is missing");
    }
    Assumptions.assumeTrue(there, name + " is missing");
  }
}
