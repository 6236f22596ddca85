package org.medicd.it;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.medicd.lab.JournalOfFailure;
import org.medicd.lab.SystemdLab;

/** Tests of the installed daemon in a lab, one for all tests of a class. */
@SuppressWarnings("NullAway.Init") // each begins with install, before all of its tests
abstract class InLab {
  static SystemdLab lab;
  static DaemonInLab daemon;

  @RegisterExtension final JournalOfFailure journal = new JournalOfFailure(() -> lab);

  /**
   * Boots the lab and installs the daemon; does not start it.
   *
   * @param options of the lab: --unified, --hybrid, --loop
   */
  static void install(String yaml, String... options) throws IOException {
    lab = SystemdLab.boot(options);
    daemon = DaemonInLab.install(lab, yaml);
  }

  @AfterAll
  static void shutDown() {
    lab.close();
  }
}
