package org.medicd.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.medicd.api.ApiClient;
import org.medicd.api.IncidentView;
import org.medicd.api.StatusView;
import org.medicd.record.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists incidents, or goes on telling of them. */
@Command(name = "incidents", description = "Incidents that are open.")
final class IncidentsCommand extends ReadingCommand {
  @Option(names = "--all", description = "closed ones too")
  private boolean all;

  @Option(names = "--shadow", description = "what rules in shadow would have opened and done")
  private boolean shadow;

  @Option(
      names = "--follow",
      description = "go on: a line for each incident that is new or has changed")
  private boolean follow;

  IncidentsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    return follow ? follow() : super.call();
  }

  @Override
  String ask(ApiClient client) throws IOException {
    return list(client, all);
  }

  private String list(ApiClient client, boolean withClosed) throws IOException {
    return shadow ? client.shadows(withClosed) : client.incidents(withClosed);
  }

  @Override
  void show(String answer) throws IOException {
    StatusView status = Json.read(client().status(), StatusView.class);
    StatusCommand.heldBack(status).forEach(line -> surroundings.say(paint().alarm(line)));
    List<IncidentView> incidents = Json.readList(answer, IncidentView.class);
    if (incidents.isEmpty()) {
      surroundings.say(all ? "no incidents" : "no open incidents");
      return;
    }
    Table table = new Table();
    table.add(
        (column, cell) -> paint().heading(cell),
        "ID",
        "STATE",
        "SEVERITY",
        "DIAGNOSIS",
        "SUBJECT",
        "AGE",
        "LAST RUNG");
    incidents.forEach(incident -> addRow(table, incident));
    table.lines().forEach(surroundings::say);
  }

  private void addRow(Table table, IncidentView incident) {
    Instant now = surroundings.clock().instant();
    table.add(
        (column, cell) ->
            switch (column) {
              case 1 -> paint().of(incident.state(), cell);
              case 2 -> paint().of(incident.severity(), cell);
              default -> cell;
            },
        Escaped.of(incident.id()),
        Words.of(incident.state()),
        Words.of(incident.severity()),
        Escaped.of(incident.diagnosis()),
        Words.of(incident.subject()),
        Words.of(Duration.between(incident.openedAt(), now)),
        lastRung(incident));
  }

  private static String lastRung(IncidentView incident) {
    int count = incident.rungs().size();
    return count == 0 ? "-" : Words.of(incident.rungs().get(count - 1));
  }

  private int follow() throws IOException, InterruptedException {
    ApiClient client = client();
    FollowedIncidents followed = new FollowedIncidents();
    boolean withClosed = all;
    do {
      List<JsonObject> shown = Json.readList(list(client, withClosed), JsonObject.class);
      for (JsonObject changed : followed.changed(shown)) {
        tell(changed);
      }
      for (String id : followed.gone(shown)) {
        closed(client, id, followed);
      }
      withClosed = false;
    } while (surroundings.pace().next());
    return ExitStatus.GOOD;
  }

  /** The list has only the open ones: how one ended must be asked for. */
  private void closed(ApiClient client, String id, FollowedIncidents followed) throws IOException {
    try {
      JsonObject last = Json.read(client.incident(id), JsonObject.class);
      followed.changed(List.of(last)).forEach(this::tell);
    } catch (ApiClient.Refused e) {
      surroundings
          .err()
          .println("medic: incident " + Escaped.of(id) + " is gone: " + e.getMessage());
    }
  }

  private void tell(JsonObject incident) {
    String document = Json.write(incident);
    if (json) {
      surroundings.say(Escaped.json(document));
    } else {
      Table table = new Table();
      addRow(table, Json.read(document, IncidentView.class));
      table.lines().forEach(surroundings::say);
    }
  }
}
