package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.hasRung;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.lab.NeedsSystemd;

/** Services that run away in a real systemd, and what is left of them after the treatment. */
@NeedsSystemd
@Tag("once")
class UnitTreatmentIT extends InLab {
  private static final Duration CURE = Duration.ofSeconds(60);

  /** Short limits and patience; services of these tests only. */
  static final String YAML =
      """
      mode: act
      tick: 200ms
      scope: { units: ["ill-*.service"] }
      protect: { units: ["ill-guarded.service"] }
      limits: { cpu-runaway: { cpu-percent: 15, for: 2s, host-percent: 0 } }
      budget: { per-rule: 50/10m, per-unit: 50/10m, per-host: 50/10m }
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.shortPatience();
    daemon.override("[Service]", "RestartSec=100ms");
    daemon.start();
  }

  @Test
  void restartsTheUnitOfAWorkerThatNeitherTermNorKillCures() {
    SickService service = SickService.ofThreeProcesses(lab, "ill-workers.service");
    List<String> before = service.processes();
    assertThat(before).hasSize(3);
    String invocation = service.show("InvocationID");
    service.fallIll();

    JsonObject cured = daemon.awaitIncidentOf(service.name(), CURE, inState("recovered"));

    assertThat(course(cured))
        .containsExactly(
            "capture allowed done",
            "term allowed done",
            "kill allowed done",
            "restart-unit allowed done");
    assertThat(service.show("InvocationID")).isNotEqualTo(invocation).isNotEmpty();
    assertThat(service.show("ActiveState")).isEqualTo("active");
    assertThat(service.processes()).hasSize(3).doesNotContainAnyElementsOf(before);
    assertThat(service.starts()).isEqualTo(2);
    JsonObject restart = rung(cured, "restart-unit");
    assertThat(text(restart, "detail")).contains("ill-workers.service was active", invocation);
    assertThat(text(restart.getAsJsonObject("outcome"), "reason"))
        .containsPattern("ill-workers.service: job \\d+ ended as done, unit active")
        .contains(service.show("InvocationID"));
    service.stop();
  }

  /** systemd forgets a transient unit with its last process: nothing is left to be started. */
  @Test
  void aJobThatEndsByItsTermIsOver() {
    lab.run(CURE, "systemd-run", "--unit=ill-job", "--collect", "sh", "-c", "while :; do :; done")
        .expectSuccess();
    JsonObject cured = daemon.awaitIncidentOf("ill-job.service", CURE, inState("recovered"));
    assertThat(course(cured)).containsExactly("capture allowed done", "term allowed done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "on-failure"})
  void startsAUnitAgainThatItsTermLeftInactive(String restart) {
    SickService service =
        SickService.ofOneProcess(lab, "ill-once-" + restart + ".service", "Restart=" + restart);
    String invocation = service.show("InvocationID");
    service.fallIll();

    JsonObject cured = daemon.awaitIncidentOf(service.name(), CURE, inState("recovered"));

    assertThat(course(cured))
        .containsExactly("capture allowed done", "term allowed done", "restart-unit allowed done");
    assertThat(text(rung(cured, "restart-unit"), "detail"))
        .startsWith("due at once")
        .contains(service.name() + " was inactive");
    assertThat(service.show("ActiveState")).isEqualTo("active");
    assertThat(service.show("InvocationID")).isNotEqualTo(invocation).isNotEmpty();
    assertThat(service.show("NRestarts")).isEqualTo("0");
    service.stop();
  }

  @Test
  void pagesInsteadOfTouchingAProtectedUnit() {
    SickService service = SickService.ofOneProcess(lab, "ill-guarded.service");
    String pid = service.show("MainPID");
    service.fallIll();

    JsonObject paged = daemon.awaitIncidentOf(service.name(), CURE, hasRung("page"));

    JsonObject verdict = rung(paged, "restart-unit").getAsJsonObject("verdict");
    assertThat(text(verdict, "is")).isEqualTo("refused");
    assertThat(text(verdict, "guard")).isEqualTo("protected");
    assertThat(text(verdict, "reason")).contains("ill-guarded.service");
    assertThat(service.show("MainPID")).isEqualTo(pid);
    assertThat(service.show("ActiveState")).isEqualTo("active");
    service.stop();
  }

  @Test
  void goesOnAfterACrashWithoutRestartingTheUnitTwice() {
    SickService service =
        SickService.ofOneProcess(lab, "ill-crash.service", "Restart=no", "Environment=RECOVERY=6");
    String before = service.show("InvocationID");
    int daemonPid = daemon.pid();
    service.fallIll();
    daemon.awaitIncidentOf(
        service.name(),
        CURE,
        incident ->
            hasRung("restart-unit").test(incident)
                && rung(incident, "restart-unit").get("outcome").isJsonNull()
                && !List.of("", before).contains(service.show("InvocationID")));
    String restarted = service.show("InvocationID");

    lab.run(CURE, "kill", "-KILL", String.valueOf(daemonPid)).expectSuccess();
    JsonObject cured = daemon.awaitIncidentOf(service.name(), CURE, inState("recovered"));

    assertThat(daemon.show("NRestarts")).isEqualTo("1");
    assertThat(course(cured))
        .containsExactly("capture allowed done", "term allowed done", "restart-unit allowed done");
    assertThat(text(rung(cured, "restart-unit").getAsJsonObject("outcome"), "reason"))
        .contains(restarted);
    assertThat(service.show("InvocationID")).isEqualTo(restarted);
    assertThat(service.starts()).isEqualTo(2);
    assertThat(service.show("ActiveState")).isEqualTo("active");
    service.stop();
  }

  @Test
  void pagesWhereTheUnitCannotBeStartedAgain() {
    SickService service =
        SickService.ofOneProcess(
            lab, "ill-broken.service", "ExecStartPre=/bin/sh -c '[ ! -e /run/broken ]'");
    lab.write(Path.of("/run/broken"), "");
    service.fallIll();

    JsonObject paged =
        daemon.awaitIncidentOf(service.name(), CURE, hasRung("page").and(inState("exhausted")));

    assertThat(course(paged))
        .containsExactly(
            "capture allowed done",
            "term allowed done",
            "restart-unit allowed failed",
            "page allowed done");
    assertThat(text(rung(paged, "restart-unit").getAsJsonObject("outcome"), "reason"))
        .containsPattern("ill-broken.service: job \\d+ ended as failed, unit failed");
    assertThat(service.show("ActiveState")).isEqualTo("failed");
  }
}
