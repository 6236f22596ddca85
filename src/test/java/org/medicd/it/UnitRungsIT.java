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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Rungs beyond signals and restarts, as rules of a user's prescribe them, in a real systemd. */
@NeedsSystemd
@Tag("once")
class UnitRungsIT extends InLab {
  private static final Duration CURE = Duration.ofSeconds(60);

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      scope: { units: ["ill-*.service"] }
      limits:
        cpu-runaway: { cpu-percent: 15, for: 2s, host-percent: 0 }
        unit-failed: { for: 1s }
      budget: { per-rule: 50/10m, per-unit: 50/10m, per-host: 50/10m }
      """;

  private static final String RULES =
      """
      package ours.rungs;

      rule "treatment: tune" salience 10
      when
          $d : Diagnosis( name == "cpu-runaway", $id : subject )
          Proc( id == $id, unit == "ill-tuned.service" )
      then
          medic.treat($d).renice(10, "200ms").ionice("idle", "200ms").sched("batch", "200ms")
              .affinity("0", "200ms").page();
      end

      rule "treatment: end all" salience 10
      when
          $d : Diagnosis( name == "cpu-runaway", $id : subject )
          Proc( id == $id, unit == "ill-many.service" )
      then
          medic.treat($d).term("500ms").cgroupKill("5s").page();
      end

      rule "treatment: stop" salience 10
      when
          $d : Diagnosis( name == "cpu-runaway", $id : subject )
          Proc( id == $id, unit == "ill-stopped.service" )
      then
          medic.treat($d).stopUnit("5s").page();
      end

      rule "treatment: start" salience 10
      when
          $d : Diagnosis( name == "unit-failed", $unit : subject )
          Unit( id == $unit, name == "ill-failed.service" )
      then
          medic.treat($d).resetFailed("100ms").startUnit("5s").page();
      end
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.rule("rungs.drl", RULES);
    daemon.start();
  }

  @Test
  void tunesHowTheSchedulerServesABurner() {
    SickService service = SickService.ofOneProcess(lab, "ill-tuned.service");
    String pid = service.show("MainPID");
    service.fallIll();

    JsonObject paged = daemon.awaitIncidentOf(service.name(), CURE, inState("exhausted"));

    assertThat(course(paged))
        .containsExactly(
            "renice allowed done",
            "ionice allowed done",
            "sched allowed done",
            "affinity allowed done",
            "page allowed done");
    assertThat(lab.run(CURE, "ps", "-o", "ni=", "-p", pid).expectSuccess().strip()).isEqualTo("10");
    assertThat(lab.run(CURE, "ionice", "-p", pid).expectSuccess()).startsWith("idle");
    assertThat(lab.run(CURE, "chrt", "-p", pid).expectSuccess()).contains("SCHED_BATCH");
    assertThat(lab.run(CURE, "taskset", "-cp", pid).expectSuccess()).endsWith(": 0");
    service.stop();
  }

  @Test
  void killsAllOfAUnitAtOnce() {
    SickService service =
        SickService.ofThreeProcesses(lab, "ill-many.service", "Restart=on-failure");
    String invocation = service.show("InvocationID");
    service.fallIll();

    JsonObject cured = daemon.awaitIncidentOf(service.name(), CURE, inState("recovered"));

    assertThat(course(cured)).containsExactly("term allowed done", "cgroup-kill allowed done");
    assertThat(text(rung(cured, "cgroup-kill").getAsJsonObject("outcome"), "reason"))
        .isEqualTo("SIGKILL to 3 processes of ill-many.service, at once");
    assertThat(service.show("InvocationID")).isNotEqualTo(invocation);
    assertThat(service.show("ActiveState")).isEqualTo("active");
    service.stop();
  }

  @Test
  void aUnitThatItStoppedStaysDown() {
    SickService service = SickService.ofOneProcess(lab, "ill-stopped.service", "Restart=always");
    service.fallIll();

    JsonObject over = daemon.awaitIncidentOf(service.name(), CURE, inState("recovered"));

    assertThat(course(over)).containsExactly("stop-unit allowed done");
    assertThat(service.show("ActiveState")).isEqualTo("inactive");
    assertThat(service.starts()).isEqualTo(1);
  }

  @Test
  void startsAUnitThatFailed() {
    lab.write(Path.of("/run/lacking"), "");
    lab.unitFile(
        "ill-failed.service",
        "[Service]",
        "ExecStartPre=/bin/sh -c '[ ! -e /run/lacking ] || { rm /run/lacking; exit 1; }'",
        "ExecStart=/bin/sleep 1000");
    lab.run(CURE, "systemctl", "start", "ill-failed.service");

    JsonObject cured =
        daemon.awaitIncidentOf(
            "ill-failed.service", CURE, inState("recovered").and(hasRung("start-unit")));

    assertThat(course(cured))
        .containsExactly("reset-failed allowed done", "start-unit allowed done");
    assertThat(lab.systemctl("is-active", "ill-failed.service")).isEqualTo("active");
  }
}
