package org.medicd.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.medicd.api.ApiClient;
import org.medicd.api.IncidentView;
import org.medicd.api.RungView;
import org.medicd.record.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The story of one incident. */
@Command(name = "show", description = "The story of one incident.")
final class ShowCommand extends ReadingCommand {
  @Parameters(paramLabel = "ID", description = "of the incident")
  private String id = "";

  @Option(names = "--evidence", description = "and what was captured")
  private boolean evidence;

  ShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  String ask(ApiClient client) throws IOException {
    return client.incident(id);
  }

  @Override
  public Integer call() throws Exception {
    try {
      return super.call();
    } catch (AccessDeniedException e) {
      return complain(e.getFile() + " is for the daemon's user only", ExitStatus.NOT_PERMITTED);
    } catch (NoSuchFileException e) {
      return complain(e.getFile() + " is no longer there", ExitStatus.FOUND);
    }
  }

  private int complain(String what, int status) {
    surroundings.err().println("medic: " + Escaped.of(what));
    return status;
  }

  @Override
  void show(String answer) throws IOException {
    IncidentView incident = Json.read(answer, IncidentView.class);
    String unit = incident.subject().unit();
    String in = unit == null ? "" : " in " + Escaped.of(unit);
    String title = Escaped.of(incident.diagnosis()) + " of " + Words.of(incident.subject()) + in;
    surroundings.say(paint().heading(title));
    Table table = new Table();
    table.add("id", Escaped.of(incident.id()));
    table.add("state", paint().of(incident.state(), Words.of(incident.state())));
    table.add("severity", paint().of(incident.severity(), Words.of(incident.severity())));
    table.add("opened", incident.openedAt() + " (" + age(incident) + ")");
    table.add("rule", Escaped.of(incident.rule()));
    table.lines().forEach(surroundings::say);
    list("because", incident.because());
    rungs(incident.rungs());
    list("held by medicd", incident.holds());
    list("evidence", incident.evidence());
    Instant closedAt = incident.closedAt();
    if (closedAt != null) {
      Duration lasted = Duration.between(incident.openedAt(), closedAt);
      surroundings.say(
          "%s %s, after %s".formatted(Words.of(incident.state()), closedAt, Words.of(lasted)));
    }
    if (evidence) {
      for (String folder : incident.evidence()) {
        EvidenceText.pages(Path.of(folder)).forEach(this::page);
      }
    }
  }

  private void page(EvidenceText.Page page) {
    surroundings.say("");
    surroundings.say(paint().heading(page.title()));
    page.lines().forEach(surroundings::say);
  }

  private String age(IncidentView incident) {
    Instant now = surroundings.clock().instant();
    return Words.of(Duration.between(incident.openedAt(), now)) + " ago";
  }

  private void list(String heading, List<String> items) {
    if (!items.isEmpty()) {
      surroundings.say(paint().heading(heading));
      items.forEach(item -> surroundings.say("  " + Escaped.of(item)));
    }
  }

  private void rungs(List<RungView> rungs) {
    surroundings.say(paint().heading("rungs"));
    if (rungs.isEmpty()) {
      surroundings.say("  none yet");
    }
    Table table = new Table();
    for (RungView rung : rungs) {
      RungView.OutcomeView outcome = rung.outcome();
      String result = outcome == null ? "" : ", " + Words.result(outcome);
      String detail = rung.detail() == null ? "" : " (" + Escaped.of(rung.detail()) + ")";
      table.add(
          "  " + rung.at(),
          Escaped.of(rung.action()),
          Words.verdict(rung.verdict()) + result + detail);
    }
    table.lines().forEach(surroundings::say);
  }
}
