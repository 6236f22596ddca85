package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.done;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.lab.NeedsSystemd;

/** What is captured in a real systemd, as medic show tells it. */
@NeedsSystemd
@Tag("once")
class EvidenceIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      scope: { units: ["ill-*.service"] }
      limits: { unit-failed: { for: 1s } }
      cooldown: 0s
      budget: { per-rule: 50/10m, per-unit: 50/10m, per-host: 50/10m }
      """;

  private static final String RULES =
      """
      package ours.evidence;

      rule "symptom: a leaky service" when
          $p : Proc( unit matches "ill-leaky-.*", comm == "sleep" )
      then
          insertLogical( new Symptom("leaky", $p.id()) );
      end

      rule "diagnosis: leaky" when
          Symptom( name == "leaky", $id : subject )
      then
          insertLogical( new Diagnosis("leaky", $id) );
      end

      rule "treatment: leaky" when
          $d : Diagnosis( name == "leaky" )
      then
          medic.treat($d).capture("stacks").term("30s");
      end

      rule "diagnosis: noted" when
          Proc( unit == "ill-noted.service", comm == "sleep", $id : id )
      then
          insertLogical( new Diagnosis("noted", $id) );
      end

      rule "treatment: noted" when
          $d : Diagnosis( name == "noted" )
      then
          medic.treat($d).page();
      end

      rule "treatment: failed" salience 10 when
          $d : Diagnosis( name == "unit-failed" )
      then
          medic.treat($d).capture("stacks").resetFailed("10s").page();
      end
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.rule("evidence.drl", RULES);
    daemon.start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "nobody"})
  void tellsOfAServiceWhatSystemdKnowsAndKeepsItsSecrets(String user) {
    String name = "ill-leaky-" + user + ".service";
    service(
        name,
        "User=" + user,
        "Environment=DB_PASSWORD=hunter2 COLOUR=green",
        "ExecStart=/bin/sh -c 'echo begun with --token hunter2; sleep 1000; :'");

    JsonObject seen = daemon.awaitIncidentOf(name, LONG, done("capture"));

    String evidence = daemon.medic("show", text(seen, "id"), "--evidence").expectSuccess();
    assertThat(evidence)
        .contains("0-unit-" + name + "/unit.txt", "ActiveState=active", "MainPID=")
        .contains("0-unit-" + name + "/journal.txt", "begun with --token ***")
        .contains("0-unit-" + name + "/control-group.txt")
        .containsPattern("/sys/fs/cgroup\\S*/" + name + "\n")
        .contains("/environment.txt", "DB_PASSWORD=***", "COLOUR=green")
        .contains("/gdb.txt", "#0 ", "/strace.txt", "calls of 1 threads within")
        .contains("0-host/processes.txt", "0-host/host.txt", "MemTotal:", "0-host/disks.txt")
        .doesNotContain("hunter2");
  }

  @Test
  void tellsOfAUnitThatFailedWithoutAnyProcess() {
    service("ill-failed.service", "ExecStart=/bin/sh -c 'echo gone wrong; exit 3'");

    JsonObject failed = daemon.awaitIncidentOf("ill-failed.service", LONG, done("reset-failed"));

    assertThat(course(failed)).startsWith("capture allowed done", "reset-failed allowed done");
    assertThat(daemon.medic("show", text(failed, "id"), "--evidence").expectSuccess())
        .contains("0-unit-ill-failed.service/unit.txt", "ActiveState=failed", "ExecMainStatus=3")
        .contains("0-unit-ill-failed.service/journal.txt", "gone wrong");
  }

  @Test
  void whereNothingWasCapturedTheRecordingIsKept() {
    service("ill-noted.service", "ExecStart=/bin/sleep 1000");
    daemon.awaitIncidentOf("ill-noted.service", LONG, done("page"));
    lab.systemctl("stop", "ill-noted.service");
    JsonObject over = daemon.awaitIncidentOf("ill-noted.service", LONG, inState("vanished"));
    String id = text(over, "id");

    await()
        .atMost(LONG)
        .until(
            () -> daemon.medic("show", id, "--evidence").expectSuccess(),
            shown -> shown.contains("a recording: medic replay /var/lib/medicd/evidence/" + id));
  }

  private static void service(String name, String... settings) {
    String[] lines = new String[settings.length + 1];
    lines[0] = "[Service]";
    System.arraycopy(settings, 0, lines, 1, settings.length);
    lab.unitFile(name, lines);
    lab.run(LONG, "systemctl", "start", "--no-block", name).expectSuccess();
  }
}
