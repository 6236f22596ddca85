package org.medicd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.killRefused;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;
import static org.medicd.record.SampleIncident.termDone;
import static org.medicd.record.SampleIncident.treating;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.api.ApiServer;
import org.medicd.api.FakeDaemon;
import org.medicd.api.StatusView;
import org.medicd.plan.Mode;
import org.medicd.record.Json;

class MedicTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Deque<Runnable> betweenLooks = new ArrayDeque<>();
  private final List<DaemonStarter.Settings> started = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

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

  private int medic(boolean colour, String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            colour,
            () -> OPENED.plus(Duration.ofMinutes(3)),
            this::nextLook);
    Checks checks =
        new Checks() {
          @Override
          public List<String> configuration(@Nullable Path file) {
            return problems;
          }

          @Override
          public List<String> rules(@Nullable Path configuration, List<Path> folders) {
            return folders.stream().map(f -> f + ": no rules").toList();
          }
        };
    DaemonStarter starter =
        settings -> {
          started.add(settings);
          return 2;
        };
    return Medic.run(surroundings, checks, starter, arguments);
  }

  private boolean nextLook() {
    Runnable change = betweenLooks.poll();
    if (change != null) {
      change.run();
    }
    return change != null;
  }

  private int ask(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--runtime", runtime.toString()));
    return medic(false, all.toArray(String[]::new));
  }

  @Test
  void incidentsIsATable() {
    daemon.incidents.add(treating("20260301-1", termDone(), killRefused("14 s left")));
    daemon.incidents.add(opened("20260301-22"));
    daemon.incidents.add(recovered("20260301-3", OPENED));

    assertThat(ask("incidents")).isZero();

    assertThat(out.toString().lines())
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
    assertThat(out).hasToString("no open incidents\n");
  }

  @Test
  void incidentsAsJsonIsOneArray() {
    daemon.incidents.add(recovered("1", OPENED));

    assertThat(ask("incidents", "--all", "--json")).isZero();

    assertThat(out.toString().lines()).hasSize(1);
    assertThat(Json.readList(out.toString(), JsonObject.class))
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

    medic(true, "incidents", "--runtime", runtime.toString());
    assertThat(out.toString()).contains("\u001b[33mwarning \u001b[0m");
    out.getBuffer().setLength(0);
    ask("incidents");
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void followTellsEachChangeOnceAndTheEnd() {
    daemon.incidents.add(opened("1"));
    betweenLooks.add(() -> {});
    betweenLooks.add(() -> daemon.incidents.set(0, treating("1", termDone())));
    betweenLooks.add(() -> daemon.incidents.set(0, recovered("1", OPENED, termDone())));
    betweenLooks.add(() -> {});

    assertThat(ask("incidents", "--follow", "--json")).isZero();

    assertThat(out.toString().lines().map(line -> Json.read(line, JsonObject.class)))
        .extracting(incident -> incident.get("state").getAsString())
        .containsExactly("open", "treating", "recovered");
  }

  @Test
  void followEndsWithTheDaemon() {
    betweenLooks.add(() -> server.close());

    assertThat(ask("incidents", "--follow")).isEqualTo(3);
  }

  @Test
  void showTellsTheStory() {
    daemon.incidents.add(
        recovered("1", OPENED.plusSeconds(100), termDone(), killRefused("14 s left")));

    assertThat(ask("show", "1")).isZero();

    assertThat(out.toString().lines())
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
            "evidence",
            "  evidence/1",
            "recovered 2026-03-01T10:01:40Z, after 100 s");
  }

  @Test
  void showOfAnUnknownIdSaysSo() {
    assertThat(ask("show", "7")).isEqualTo(1);
    assertThat(err.toString()).contains("no incident is called \"7\"");
  }

  @Test
  void statusTellsHowTheDaemonDoes() {
    assertThat(ask("status")).isZero();

    assertThat(out.toString())
        .contains("medicd 1.2.3, mode observe")
        .contains("21 loaded; set aside: rule that loops")
        .contains("proc/stat of pid 9: Permission\\x1b[2J denied");
  }

  @Test
  void statusAsJsonIsTheView() {
    assertThat(ask("status", "--json")).isZero();
    assertThat(Json.read(out.toString(), StatusView.class)).isEqualTo(daemon.status());
  }

  @Test
  void whyTellsWhatIsKnown() {
    assertThat(ask("why", "17")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "burn\\x0aer[17]",
            "  It burns 99.8 % of one core.",
            "symptoms",
            "  cpu-hot",
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
    assertThat(ask("pause")).isZero();
    assertThat(ask("resume")).isZero();
    assertThat(ask("reload")).isZero();

    assertThat(daemon.told).containsExactly("approve 1", "deny 1", "pause", "resume", "reload");
    assertThat(out.toString()).startsWith("done: approve 1\ndone: pause\n");
    assertThat(err).hasToString("medic: nothing of 1 waits for a person\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status", "incidents", "show 1", "why 1", "approve 1", "pause", "status --json"})
  void withoutADaemonTheStatusIsThree(String command) {
    server.close();

    assertThat(ask(command.split(" "))).isEqualTo(3);
    assertThat(err.toString()).contains("no daemon answers at " + runtime);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "status --nonsense",
        "why",
        "why x",
        "show",
        "run --mode shadow",
        "show 1 2"
      })
  void wrongUsageIsTwo(String arguments) {
    String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ");

    assertThat(medic(false, split)).isEqualTo(2);
    assertThat(err.toString()).containsAnyOf("Usage: medic", "Did you mean: medic");
    assertThat(started).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "run --help", "incidents --help"})
  void helpIsGood(String arguments) {
    assertThat(medic(false, arguments.split(" "))).isZero();
    assertThat(out.toString()).contains("medic");
  }

  @Test
  void checkPrintsAllProblemsAndIsOne() {
    problems.add("medicd.yaml:3: unknown key 'colldown', did you mean 'cooldown'?");

    assertThat(medic(false, "check", "--rules", "a", "--rules", "b")).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsExactly(problems.get(0), "a: no rules", "b: no rules");
    assertThat(err).hasToString("3 problems\n");
  }

  @Test
  void checkWithoutProblemsIsGood() {
    assertThat(medic(false, "check")).isZero();
    assertThat(out).hasToString("no problems\n");
  }

  @Test
  void runHandsOverWhatItWasGiven() {
    int status =
        medic(
            false,
            "run",
            "--config",
            "c.yaml",
            "--rules",
            "a",
            "--rules",
            "b",
            "--state",
            "s",
            "--runtime",
            "r",
            "--mode",
            "act");

    assertThat(status).isEqualTo(2);
    assertThat(started)
        .containsExactly(
            new DaemonStarter.Settings(
                Path.of("c.yaml"),
                List.of(Path.of("a"), Path.of("b")),
                Path.of("s"),
                Path.of("r"),
                Mode.ACT));
  }

  @Test
  void runHasDefaults() {
    medic(false, "run");

    assertThat(started)
        .containsExactly(
            new DaemonStarter.Settings(
                null, List.of(), Path.of("/var/lib/medicd"), Path.of("/run/medicd"), null));
  }
}
