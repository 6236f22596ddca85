package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rungs;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** What an installed daemon leaves in the journal, in its plain log and in syslog. */
@NeedsSystemd
@Tag("once")
class SystemJournalIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Path LOG = Path.of("/var/log/medicd/alerts.log");
  private static final String TELLER = "alert-to-syslog";
  private static final Path ACTIONS = Path.of("/etc/medicd/actions");

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      scope: { units: ["ill-*.service"] }
      limits: { cpu-runaway: { cpu-percent: 15, for: 2s, host-percent: 0 } }
      alerts:
        group-wait: 0s
        commands: [ { name: syslog, program: %s } ]
      """
          .formatted(TELLER);

  /** Ignores TERM, and is well once it was started anew. */
  private static final String BURNER =
      "ExecStart=/bin/sh -c 'if [ -e /tmp/burnt ]; then exec sleep 1000; fi; touch /tmp/burnt;"
          + " trap \"\" TERM; while :; do :; done'";

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.shortPatience();
    lab.write(ACTIONS.resolve(TELLER), Files.readString(Path.of("examples", TELLER)));
    run("chmod", "755", ACTIONS.toString(), ACTIONS.resolve(TELLER).toString());
    daemon.start();
  }

  private static String run(String... command) {
    return lab.run(SOON, command).expectSuccess();
  }

  private static List<JsonObject> entries(String... matches) {
    List<String> command = new ArrayList<>(List.of("journalctl", "-o", "json", "--all"));
    command.addAll(List.of(matches));
    return run(command.toArray(String[]::new))
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static List<String> expected(JsonObject incident) {
    List<String> all = new ArrayList<>(List.of("opened"));
    for (JsonObject rung : rungs(incident)) {
      String verdict =
          "rung " + text(rung, "action") + " " + text(rung.getAsJsonObject("verdict"), "is");
      all.add(verdict);
      if (!rung.get("outcome").isJsonNull()) {
        all.add(verdict + " " + text(rung.getAsJsonObject("outcome"), "is"));
      }
    }
    all.add(text(incident, "state"));
    return all;
  }

  private static String inWords(JsonObject entry) {
    String words = text(entry, "MEDICD_EVENT");
    for (String field : List.of("MEDICD_ACTION", "MEDICD_VERDICT", "MEDICD_OUTCOME")) {
      words += text(entry, field).isEmpty() ? "" : " " + text(entry, field);
    }
    return words;
  }

  @Test
  void theCourseOfAnIncidentIsThereEachStepOnce() throws IOException {
    lab.unitFile("ill-burner.service", "[Service]", BURNER);
    lab.systemctl("start", "ill-burner.service");
    JsonObject incident = daemon.awaitIncidentOf("ill-burner.service", LONG, inState("recovered"));
    String id = text(incident, "id");
    await()
        .atMost(SOON)
        .until(() -> entries("MEDICD_INCIDENT=" + id, "MEDICD_EVENT=recovered").size() == 1);

    List<JsonObject> entries = entries("MEDICD_INCIDENT=" + id);
    assertThat(entries.stream().map(SystemJournalIT::inWords))
        .containsAll(expected(incident))
        .contains("rung kill allowed done", "rung restart-unit allowed done")
        .doesNotHaveDuplicates();
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(text(entry, "_SYSTEMD_UNIT")).isEqualTo("medicd.service");
              assertThat(text(entry, "SYSLOG_IDENTIFIER")).isEqualTo("medicd");
              assertThat(text(entry, "UNIT")).isEqualTo("ill-burner.service");
              assertThat(text(entry, "OBJECT_PID")).matches("[0-9]+");
            });
    assertThat(run("journalctl", "-u", "medicd.service", "-o", "cat").lines())
        .as("not once more by the log")
        .filteredOn(line -> line.startsWith(id + " cpu-runaway opened: "))
        .hasSize(1);
    assertThat(run("journalctl", "-x", "MEDICD_INCIDENT=" + id))
        .contains("medicd has diagnosed cpu-runaway of pid ")
        .contains("Subject: Incident " + id + " is over");

    theLogHasALineForEach(id, entries.size());
    await()
        .atMost(SOON)
        .until(
            () ->
                run("journalctl", "-t", "medicd-alert", "-o", "cat")
                        .lines()
                        .filter(line -> line.contains("(pid ") && line.contains("ill-burner"))
                        .count()
                    == 2); // opened, recovered
  }

  private static void theLogHasALineForEach(String id, int entries) throws IOException {
    Path log = lab.inLab(LOG);
    List<String> lines =
        await()
            .atMost(SOON)
            .until(
                () -> Files.readAllLines(log).stream().filter(l -> l.contains("(" + id)).toList(),
                found -> found.size() >= entries);
    assertThat(lines)
        .hasSize(entries)
        .allMatch(line -> line.matches("[0-9-]{10}T[0-9:]{8}[+-][0-9:]{5} WARNING cpu-runaway .*"));
    assertThat(lines.get(0)).contains(" opened sh[", "] ill-burner.service: ", "; told: syslog)");
    assertThat(lines.get(lines.size() - 1)).contains(" recovered sh[", "; told: syslog)");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-r-----");
    assertThat(run("stat", "--format=%U %a", LOG.getParent().toString())).isEqualTo("medicd 750");
  }
}
