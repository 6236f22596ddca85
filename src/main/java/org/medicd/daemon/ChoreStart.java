package org.medicd.daemon;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.InstantSource;
import org.medicd.act.chore.ChoreUnit;
import org.medicd.config.ConfigReader;
import org.medicd.config.Parsed;
import org.medicd.linux.Kernel;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;

/** What medicd-chore@.service runs: one chore, as root, with the configuration of this host. */
public final class ChoreStart {
  private static final int DONE = 0;
  private static final int UNUSABLE = 2;
  private static final int NOT_PERMITTED = 4;

  private ChoreStart() {}

  /**
   * @param asked INCIDENT RUNG CHORE
   * @return exit status
   */
  public static int run(String asked, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    if (Kernel.effectiveUserId() != 0) {
      err.println("medic chore: for root, in medicd-chore@.service");
      return NOT_PERMITTED;
    }
    if (!Files.isDirectory(ChoreUnit.FOLDER)) {
      err.println(
          "medic chore: there is no " + ChoreUnit.FOLDER + ": it is run by medicd-chore@.service");
      return UNUSABLE;
    }
    Parsed parsed = ConfigReader.read(Preparation.CONFIG);
    if (!parsed.isGood()) {
      parsed.problems().forEach(err::println);
      return UNUSABLE;
    }
    try {
      out.println(
          ChoreUnit.run(
              asked,
              ChoreUnit.FOLDER,
              new Programs(TrustedPrograms.ofThisHost()),
              parsed.settings().actions().vacuum(),
              InstantSource.system()));
      return DONE;
    } catch (IllegalArgumentException e) {
      err.println("medic chore: " + e.getMessage());
      return UNUSABLE;
    }
  }
}
