package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.done;
import static org.medicd.it.DaemonInLab.inState;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Units that are frozen for a while, in a real systemd with control groups of v2. */
@NeedsSystemd
@Tag("once")
class FrozenUnitIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      scope: { units: ["ill-*.service"] }
      limits:
        cpu-runaway: { cpu-percent: 15, for: 2s, host-percent: 0 }
      budget: { per-rule: 50/10m, per-unit: 50/10m, per-host: 50/10m }
      """;

  private static final String RULE =
      """

      rule "treatment of %1$s" salience 10
      when
          $d : Diagnosis( name == "cpu-runaway", $id : subject )
          Proc( id == $id, unit == "%1$s" )
      then
          medic.treat($d)%2$s;
      end
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML, "--unified");
    daemon.rule(
        "leases.drl",
        "package ours.leases;\n"
            + RULE.formatted("ill-crash.service", ".freeze(\"10m\").page()")
            + RULE.formatted("ill-stop.service", ".freeze(\"10m\").page()")
            + RULE.formatted("ill-anew.service", ".freeze(\"2s\").restartUnit(\"30s\")")
            + RULE.formatted(
                "ill-cured.service", ".freeze(\"3s\").term(\"10s\").restartUnit(\"30s\")")
            + RULE.formatted("ill-ended.service", ".freeze(\"2s\").term(\"10s\")"));
    daemon.start();
  }

  private static SickService ill(String name) {
    SickService service = SickService.ofOneProcess(lab, name);
    service.fallIll();
    return service;
  }

  @Test
  void aFrozenUnitRunsAgainAfterTheSignalThatEndsIt() throws Exception {
    SickService service = ill("ill-cured.service");
    daemon.awaitIncidentOf(service.name(), LONG, done("freeze"));
    assertThat(service.show("FreezerState")).isEqualTo("frozen");
    JsonObject cured = daemon.awaitIncidentOf(service.name(), LONG, inState("recovered"));
    assertThat(course(cured))
        .containsExactly("freeze allowed done", "term allowed done", "restart-unit allowed done");
    assertThat(service.show("FreezerState")).isEqualTo("running");
    assertThat(service.show("ActiveState")).isEqualTo("active");
    service.stop();
  }

  @Test
  void aFrozenUnitThatSystemdKnowsStillWhenItEndedIsStartedAnew() throws Exception {
    SickService service =
        SickService.ofOneProcess(
            lab, "ill-ended.service", "[Install]", "WantedBy=multi-user.target");
    lab.systemctl("enable", service.name()); // so that systemd knows it even when it does not run
    service.fallIll();
    JsonObject cured = daemon.awaitIncidentOf(service.name(), LONG, inState("recovered"));
    assertThat(course(cured))
        .containsExactly("freeze allowed done", "term allowed done", "restart-unit allowed done");
    assertThat(service.show("FreezerState")).isEqualTo("running");
    service.stop();
  }

  @Test
  void aFrozenUnitIsThawedToBeStartedAnew() throws Exception {
    SickService service = ill("ill-anew.service");
    JsonObject cured = daemon.awaitIncidentOf(service.name(), LONG, inState("recovered"));
    assertThat(course(cured)).containsExactly("freeze allowed done", "restart-unit allowed done");
    assertThat(service.show("FreezerState")).isEqualTo("running");
    service.stop();
  }

  @Test
  void aFrozenUnitRunsAgainAfterACrash() throws Exception {
    SickService service = ill("ill-crash.service");
    daemon.awaitIncidentOf(service.name(), LONG, done("freeze"));
    lab.run(SOON, "kill", "-KILL", String.valueOf(daemon.pid())).expectSuccess();
    service.awaitThat("FreezerState", "running");
    service.stop();
  }

  @Test
  void aFrozenUnitRunsAgainOnceMedicdIsStopped() throws Exception {
    SickService service = ill("ill-stop.service");
    JsonObject frozen = daemon.awaitIncidentOf(service.name(), LONG, done("freeze"));
    assertThat(frozen.getAsJsonArray("holds").get(0).getAsString())
        .isEqualTo("ill-stop.service is frozen");
    lab.systemctl("stop", DaemonInLab.SERVICE);
    assertThat(service.show("FreezerState")).isEqualTo("running");
    service.stop();
    lab.systemctl("start", DaemonInLab.SERVICE);
  }
}
