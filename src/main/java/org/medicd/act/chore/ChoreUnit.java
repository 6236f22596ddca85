package org.medicd.act.chore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.config.Vacuum;
import org.medicd.linux.Programs;
import org.medicd.linux.systemd.InstanceName;
import org.medicd.linux.systemd.JobResult;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;

/**
 * The unit medicd-chore@.service, which does as root what a daemon that is not root asks for. The
 * instance's name says what, and for which rung; what came of it is in a file of that name. So the
 * daemon can ask for these few things and nothing else, and the journal has each by its name.
 */
public final class ChoreUnit {
  /** The unit's RuntimeDirectory; root's. */
  public static final Path FOLDER = Path.of("/run/medicd-chore");

  private static final String DONE = "done\n";
  private static final String VANISHED = "vanished\n";
  private static final String FAILED = "failed\n";
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern ASKED = Pattern.compile("(?s)(\\S+) (\\d+) (.+)");

  private ChoreUnit() {}

  /** Has the unit do it for a rung, and waits for the end of that. */
  static Outcome start(SystemdBus systemd, Intent intent, Chore chore, Duration within)
      throws IOException, SystemdException {
    String asked = intent.incident() + " " + intent.rung() + " " + chore.line();
    return start(systemd, asked, within);
  }

  static Outcome start(SystemdBus systemd, String asked, Duration within)
      throws IOException, SystemdException {
    String unit = InstanceName.ofChore(asked);
    JobResult job = systemd.start(unit, within);
    if (!job.isDone()) {
      return new Outcome.Failed(
          "its unit ended as " + job.result() + ": journalctl -u '" + unit + "'");
    }
    return read(FOLDER.resolve(InstanceName.escape(asked)));
  }

  /**
   * The other side: does what the name of the instance says.
   *
   * @param asked the instance's name, as "ID RUNG remount ro /data"
   * @param vacuum what may go
   * @return what came of it, for the unit's log
   * @throws IllegalArgumentException where it says nothing that is known
   */
  public static String run(
      String asked, Path folder, Programs programs, Vacuum vacuum, InstantSource clock)
      throws IOException, InterruptedException {
    Matcher parts = ASKED.matcher(asked);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + asked + "' is not INCIDENT RUNG CHORE");
    }
    Chore chore = Chore.parse(parts.group(3));
    dropOld(folder, clock); // also shows, before anything is done, that its outcome can be told
    Outcome outcome;
    try (SystemdBus systemd = new SystemdBus()) {
      outcome = new Chores(systemd, programs, folder, () -> vacuum, clock).run(chore);
    } catch (IOException | SystemdException e) {
      outcome = new Outcome.Failed(String.valueOf(e.getMessage()));
    }
    write(folder.resolve(InstanceName.escape(asked)), outcome);
    return outcome.words();
  }

  private static void write(Path file, Outcome outcome) throws IOException {
    String told =
        outcome instanceof Outcome.Done done
            ? DONE + done.detail()
            : outcome instanceof Outcome.Vanished vanished
                ? VANISHED + vanished.why()
                : FAILED
                    + (outcome instanceof Outcome.Failed failed ? failed.why() : outcome.words());
    Path fresh = file.resolveSibling(".fresh-" + ProcessHandle.current().pid());
    Files.writeString(fresh, told);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Outcome read(Path file) throws IOException {
    String told;
    try (InputStream in = Files.newInputStream(file)) {
      told = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
    String text = told.substring(told.indexOf('\n') + 1);
    return told.startsWith(DONE)
        ? new Outcome.Done(text)
        : told.startsWith(VANISHED) ? new Outcome.Vanished(text) : new Outcome.Failed(text);
  }

  /** Each was read by who asked for it. */
  private static void dropOld(Path folder, InstantSource clock) throws IOException {
    FileTime old = FileTime.from(clock.instant().minus(KEPT));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        boolean note = file.getFileName().toString().equals(Chores.SWAP_NOTE);
        if (!note && Files.getLastModifiedTime(file).compareTo(old) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
