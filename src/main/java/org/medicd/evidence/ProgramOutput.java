package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.medicd.linux.Programs;
import org.medicd.linux.RunAs;

/** What a program of the host tells, with secrets masked. It has no power but that of reading. */
record ProgramOutput(String name, Programs programs, List<String> command) implements Part {
  private static final Duration WITHIN = Duration.ofSeconds(3);

  /** How long it may take to end one that does not. */
  private static final Duration TO_END = Duration.ofSeconds(2);

  private static final long MAX_BYTES = 256 * 1024;
  private static final Path ROOT = Path.of("/");

  @Override
  public Duration deadline() {
    return WITHIN.plus(TO_END);
  }

  @Override
  public void take(Sheet sheet) throws IOException, InterruptedException {
    Programs.Result result =
        programs.run(command, RunAs.reader(), ROOT, Map.of(), WITHIN, MAX_BYTES);
    if (result.timedOut()) {
      write(result, sheet);
      throw new IOException(command.get(0) + " was not ready within " + WITHIN.toMillis() + " ms");
    }
    if (!result.succeeded()) {
      String said = Printable.line(Secrets.maskText(result.output()).strip());
      throw new IOException(
          command.get(0) + " ended with status " + result.exitStatus() + ": " + said);
    }
    write(result, sheet);
  }

  private static void write(Programs.Result result, Sheet sheet) {
    sheet.text(Secrets.maskText(result.output()));
    if (result.cut()) {
      sheet.markCut();
    }
  }
}
