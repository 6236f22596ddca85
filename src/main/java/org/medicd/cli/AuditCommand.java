package org.medicd.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medicd.record.AuditFile;
import org.medicd.record.AuditHead;
import org.medicd.record.AuditLine;
import org.medicd.record.AuditReport;
import org.medicd.record.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the audit trail, or checks that nobody changed it. Needs no daemon. */
@Command(
    name = "audit",
    description = "What was decided and done, and by whom; or is it all there?")
final class AuditCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "/var/lib/medicd",
      description = "the daemon's state folder (default: ${DEFAULT-VALUE})")
  private Path state = Path.of("/var/lib/medicd");

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "50",
      description = "so many lines (default: ${DEFAULT-VALUE})")
  private int last;

  @Option(names = "--incident", paramLabel = "ID", description = "of one incident alone")
  private String incident = "";

  @Option(names = "--verify", description = "check the chain of all lines")
  private boolean verify;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "and that it still has this end, as the log and alerts told it")
  private @Nullable String head;

  @Option(names = "--json", description = "one JSON document, of a stable schema")
  private boolean json;

  AuditCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    try (AuditFile trail = AuditFile.open(state)) {
      return verify || head != null ? check(trail) : list(trail);
    } catch (NoSuchFileException e) {
      return complain(e.getFile() + ": " + e.getReason() + "; is --state right?");
    } catch (IOException | IllegalArgumentException e) {
      return complain(String.valueOf(e.getMessage()));
    }
  }

  private int complain(String what) {
    surroundings.err().println("medic: " + Escaped.of(what));
    return ExitStatus.USAGE;
  }

  private int list(AuditFile trail) throws IOException {
    List<AuditLine> lines = new ArrayList<>(trail.latest(Math.max(1, last), incident));
    Collections.reverse(lines);
    if (json) {
      surroundings.say(Escaped.json(Json.write(lines)));
      return ExitStatus.GOOD;
    }
    Table table = new Table();
    for (AuditLine line : lines) {
      table.add(
          String.valueOf(line.seq()),
          line.at().toString(),
          line.incident().isEmpty() ? "-" : Escaped.of(line.incident()),
          Escaped.of(line.what()),
          Escaped.of(line.detail()));
    }
    table.lines().forEach(surroundings::say);
    return ExitStatus.GOOD;
  }

  private int check(AuditFile trail) throws IOException {
    AuditHead announced = head == null ? new AuditHead(0, "") : AuditHead.parse(head);
    AuditReport report = trail.verify(announced);
    if (json) {
      surroundings.say(Escaped.json(Json.write(report)));
    } else {
      String extent =
          report.lines() + " lines from " + report.first() + ", ending at " + report.head().text();
      surroundings.say(
          report.isSound()
              ? "the audit trail is whole: " + extent
              : "THE AUDIT TRAIL WAS TAMPERED WITH: " + report.finding() + " (" + extent + ")");
    }
    return report.isSound() ? ExitStatus.GOOD : ExitStatus.FOUND;
  }
}
