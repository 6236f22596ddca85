package org.medicd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.killRefused;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;
import static org.medicd.record.SampleIncident.termDone;
import static org.medicd.record.SampleIncident.treating;
import static org.medicd.record.SampleIncident.withEvidence;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.api.ApiServer;
import org.medicd.api.FakeDaemon;
import org.medicd.api.StatusView;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Silence;
import org.medicd.record.Json;
import org.medicd.record.Store;
import org.medicd.record.StoreSettings;

class MedicTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final FakeTerminal terminal = new FakeTerminal();

  @TempDir Path runtime;
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.start(runtime, null, daemon);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int ask(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--runtime", runtime.toString()));
    return terminal.medic(false, all.toArray(String[]::new));
  }

  private int audit(String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(arguments));
    return terminal.medic(false, all.toArray(String[]::new));
  }

  @Test
  void incidentsIsATable() {
    daemon.incidents.add(treating("20260301-1", termDone(), killRefused("14 s left")));
    daemon.incidents.add(opened("20260301-22"));
    daemon.incidents.add(recovered("20260301-3", OPENED));

    assertThat(ask("incidents")).isZero();

    assertThat(terminal.out.toString().lines())
        .containsExactly(
            "ID           STATE     SEVERITY  DIAGNOSIS    SUBJECT                    AGE    LAST"
                + " RUNG",
            "20260301-1   treating  warning   cpu-runaway  burn\\x0aer) \\x{2028}\"[17]  3 min  kill:"
                + " refused by cooldown: 14 s left",
            "20260301-22  open      warning   cpu-runaway  burn\\x0aer) \\x{2028}\"[17]  3 min  -");
  }

  @Test
  void incidentsSaysSoWhenThereAreNone() {
    assertThat(ask("incidents")).isZero();
    assertThat(terminal.out).hasToString("no open incidents\n");
  }

  @Test
  void incidentsAsJsonIsOneArray() {
    daemon.incidents.add(recovered("1", OPENED));

    assertThat(ask("incidents", "--all", "--json")).isZero();

    assertThat(terminal.out.toString().lines()).hasSize(1);
    assertThat(Json.readList(terminal.out.toString(), JsonObject.class))
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.get("state").getAsString()).isEqualTo("recovered");
              assertThat(incident.get("subject").getAsJsonObject().get("comm").getAsString())
                  .isEqualTo("burn\ner) \u2028\"");
            });
  }

  @Test
  void coloursOnlyForATerminal() {
    daemon.incidents.add(opened("1"));

    terminal.medic(true, "incidents", "--runtime", runtime.toString());
    assertThat(terminal.out.toString()).contains("\u001b[33mwarning \u001b[0m");
    terminal.out.getBuffer().setLength(0);
    ask("incidents");
    assertThat(terminal.out.toString()).doesNotContain("\u001b");
  }

  @Test
  void followTellsEachChangeOnceAndTheEnd() {
    daemon.incidents.add(opened("1"));
    terminal.betweenLooks.add(() -> {});
    terminal.betweenLooks.add(() -> daemon.incidents.set(0, treating("1", termDone())));
    terminal.betweenLooks.add(() -> daemon.incidents.set(0, recovered("1", OPENED, termDone())));
    terminal.betweenLooks.add(() -> {});

    assertThat(ask("incidents", "--follow", "--json")).isZero();

    assertThat(terminal.out.toString().lines().map(line -> Json.read(line, JsonObject.class)))
        .extracting(incident -> incident.get("state").getAsString())
        .containsExactly("open", "treating", "recovered");
  }

  @Test
  void followEndsWithTheDaemon() {
    terminal.betweenLooks.add(() -> server.close());

    assertThat(ask("incidents", "--follow")).isEqualTo(3);
  }

  @Test
  void showTellsTheStory() {
    daemon.incidents.add(
        recovered("1", OPENED.plusSeconds(100), termDone(), killRefused("14 s left")));

    assertThat(ask("show", "1")).isZero();

    assertThat(terminal.out.toString().lines())
        .containsExactly(
            "cpu-runaway of burn\\x0aer) \\x{2028}\"[17] in burner.service",
            "id        1",
            "state     recovered",
            "severity  warning",
            "opened    2026-03-01T10:00:00Z (3 min ago)",
            "rule      diagnosis: cpu runaway",
            "because",
            "  99.8 % of one core over 10 s",
            "rungs",
            "  2026-03-01T10:01:00Z  term  allowed, done: sent (to pid 17)",
            "  2026-03-01T10:01:10Z  kill  refused by cooldown: 14 s left",
            "held by medicd",
            "  pid 17 is stopped",
            "  burner.service is frozen",
            "  burner.service has less CPUQuota",
            "evidence",
            "  evidence/1",
            "recovered 2026-03-01T10:01:40Z, after 100 s");
  }

  @Test
  void showTellsWhatWasCaptured() throws IOException {
    Path incident = runtime.resolve("evidence/1");
    Path folder = Files.createDirectories(incident.resolve("0-17-500"));
    Files.writeString(folder.resolve("status"), "Name:\tburn\u001b[2J\nState:\tR\n");
    Files.writeString(incident.resolve("flight"), "\u0000");
    daemon.incidents.add(withEvidence(opened("1"), incident.toString()));

    assertThat(ask("show", "1", "--evidence")).isZero();

    assertThat(terminal.out.toString())
        .endsWith(
            """

            0-17-500/status
            Name:    burn\\x1b[2J
            State:    R

            flight
            a recording: medic replay %s --rules DIR
            """
                .formatted(incident.resolve("flight")));
  }

  @Test
  void showSaysSoWhereTheEvidenceIsGone() {
    daemon.incidents.add(withEvidence(opened("1"), runtime.resolve("gone").toString()));
    assertThat(ask("show", "1", "--evidence")).isEqualTo(1);
    assertThat(terminal.err.toString()).contains("gone is no longer there");
  }

  @Test
  void showOfAnUnknownIdSaysSo() {
    assertThat(ask("show", "7")).isEqualTo(1);
    assertThat(terminal.err.toString()).contains("no incident is called \"7\"");
  }

  @Test
  void statusTellsHowTheDaemonDoes() {
    assertThat(ask("status")).isZero();

    assertThat(terminal.out.toString())
        .contains("medicd 1.2.3, mode observe")
        .contains("21 loaded; set aside: rule that loops; 2 in shadow, which would have opened 3")
        .contains("slack (7 delivered), email (12 delivered, 2 pending, 1 given up, failing since")
        .containsPattern("failing since 2026-03-01T09:00:00Z \\([^)]+\\): refused\\\\x1b\\[2J\\)")
        .contains("proc/stat of pid 9: Permission\\x1b[2J denied");
  }

  @Test
  void statusAsJsonIsTheView() {
    assertThat(ask("status", "--json")).isZero();
    assertThat(Json.read(terminal.out.toString(), StatusView.class)).isEqualTo(daemon.status());
  }

  @Test
  void whyTellsWhatIsKnown() {
    assertThat(ask("why", "17")).isZero();

    assertThat(terminal.out.toString().lines())
        .containsExactly(
            "burn\\x0aer[17]",
            "  It burns 99.8 % of one core.",
            "symptoms",
            "  cpu-hot for 58 d, since 2026-01-02T03:04:05.250Z",
            "    by rule \"symptom: burns\"",
            "    began with cpuAvg10 99.8 >= 90",
            "    now cpuAvg10 97 >= 90",
            "    leads to cpu-runaway after 60 s",
            "nearly",
            "  symptom: leaks: rss is 200 MiB, needs 256 MiB",
            "would do",
            "  term: refused by mode: observe",
            "not seen",
            "  proc/io: not permitted");
  }

  @Test
  void commandsTellWhatWasDone() {
    daemon.incidents.add(opened("1"));

    assertThat(ask("approve", "1")).isZero();
    assertThat(ask("deny", "1")).isEqualTo(1);
    assertThat(ask("pause", "--reason", "a & b")).isZero();
    assertThat(ask("resume")).isZero();
    assertThat(ask("reload")).isZero();

    assertThat(daemon.told)
        .containsExactly("approve 1", "deny 1", "pause a & b", "resume", "reload");
    assertThat(terminal.out.toString()).startsWith("done: approve 1\ndone: pause a & b\n");
    assertThat(terminal.err).hasToString("medic: nothing of 1 waits for a person\n");
  }

  @Test
  void auditListsAndChecksTheTrailWithoutADaemon() throws Exception {
    server.close();
    Path state = Files.createDirectory(runtime.resolve("state"));
    try (Store store =
        new Store(StoreSettings.of(state, Duration.ofDays(30), 1L << 28), () -> OPENED, Set.of())) {
      store.note("pause", "by root: a\u001b[2Jdeploy");
    }
    String folder = state.toString();
    assertThat(audit("--state", folder)).isZero();
    assertThat(terminal.out.toString())
        .isEqualTo("1  2026-03-01T10:00:00Z  -  pause  by root: a\\x1b[2Jdeploy\n");
    assertThat(audit("--state", folder, "--verify")).isZero();
    assertThat(terminal.out.toString())
        .contains("the audit trail is whole: 1 lines from 1, ending at 1:");
    assertThat(audit("--state", folder, "--head", "7:0123456789abcdef")).isEqualTo(1);
    assertThat(terminal.out.toString())
        .contains(
            "TAMPERED WITH: line 7 was announced and the trail ends at 1: its end was cut off");
    assertThat(audit("--state", folder, "--head", "7")).isEqualTo(2);
    assertThat(audit("--state", folder + "/none")).isEqualTo(2);
    assertThat(terminal.err.toString()).contains("is no head of").contains("there is no store");
  }

  @Test
  void silencesAreAskedForAndEnded() {
    assertThat(ask("silence", "nginx", "diagnosis=cpu-*", "--for", "2h")).isZero();
    assertThat(ask("unsilence", "s1")).isZero();
    assertThat(ask("silence", "nginx")).isEqualTo(2);
    String user = System.getProperty("user.name");
    assertThat(daemon.told)
        .containsExactly(
            "silence [nginx, diagnosis=cpu-*] for 2h by " + user + " because null", "unsilence s1");
  }

  @Test
  void whatHoldsMedicdBackStandsAboveTheIncidents() {
    daemon.silences.add(
        new Silence(
            "s1",
            List.of("nginx"),
            "root",
            "a\u001b[2Jdeploy",
            OPENED,
            Instant.parse("2026-03-01T11:00:00Z")));
    assertThat(ask("incidents")).isZero();
    assertThat(terminal.out.toString().lines())
        .containsExactly(
            "s1 nginx: silenced by root until 2026-03-01T11:00:00Z: a\\x1b[2Jdeploy",
            "no open incidents");
  }

  @Test
  void aMaintenanceWindowStandsAboveTheIncidents() {
    Instant until = Instant.parse("2026-03-01T11:00:00Z");
    daemon.maintenance.add(new Maintenance("patch\u001b[2Jes", List.of(), until));
    daemon.maintenance.add(new Maintenance("backup", List.of("unit=db@*"), until));
    assertThat(ask("incidents")).isZero();
    assertThat(terminal.out.toString().lines())
        .containsExactly(
            "IT ONLY OBSERVES: maintenance window \"patch\\x1b[2Jes\" until 2026-03-01T11:00:00Z",
            "IT ONLY OBSERVES unit=db@*: maintenance window \"backup\" until"
                + " 2026-03-01T11:00:00Z",
            "no open incidents");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status", "incidents", "show 1", "why 1", "approve 1", "pause", "status --json"})
  void withoutADaemonTheStatusIsThree(String command) {
    server.close();

    assertThat(ask(command.split(" "))).isEqualTo(3);
    assertThat(terminal.err.toString()).contains("no daemon answers at " + runtime);
    assertThat(terminal.out.toString()).isEmpty();
  }
}
