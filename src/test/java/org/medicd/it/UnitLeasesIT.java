package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.done;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Units that are limited for a while, in a real systemd with control groups of v1. */
@NeedsSystemd
@Tag("once")
class UnitLeasesIT extends InLab {
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
    install(YAML, "--hybrid");
    daemon.rule(
        "leases.drl",
        "package ours.leases;\n"
            + RULE.formatted("ill-briefly.service", ".limit(\"CPUQuota=7%\", \"3s\")")
            + RULE.formatted("ill-crash.service", ".limit(\"CPUQuota=7%\", \"10m\")")
            + RULE.formatted("ill-pause.service", ".limit(\"CPUQuota=7%\", \"10m\")")
            + RULE.formatted("ill-admin.service", ".limit(\"CPUQuota=7%\", \"10m\")")
            + RULE.formatted("ill-large.service", ".limit(\"MemoryHigh=64M\", \"10m\")")
            + RULE.formatted("ill-frozen.service", ".freeze(\"10m\").page()"));
    daemon.start();
  }

  private static SickService ill(String name) {
    SickService service = SickService.ofOneProcess(lab, name);
    service.fallIll();
    return service;
  }

  private static String dropIns() {
    return lab.run(SOON, "sh", "-c", "ls -R /run/systemd/system.control 2>/dev/null; true").out();
  }

  private static String told(JsonObject incident, String action) {
    return text(rung(incident, action).getAsJsonObject("outcome"), "reason");
  }

  @Test
  void aLimitHoldsForItsTimeAndIsTakenBackWithNothingLeftBehind() throws Exception {
    SickService service = ill("ill-briefly.service");
    JsonObject limited = daemon.awaitIncidentOf(service.name(), LONG, done("limit"));
    assertThat(told(limited, "limit"))
        .isEqualTo("ill-briefly.service has CPUQuota=7%: cpu.cfs_quota_us 7000");
    assertThat(service.show("CPUQuotaPerSecUSec")).isEqualTo("70ms");
    assertThat(daemon.medic("show", text(limited, "id")).out())
        .contains("ill-briefly.service has less CPUQuota");

    daemon.awaitIncidentOf(service.name(), LONG, inState("exhausted"));
    service.awaitThat("CPUQuotaPerSecUSec", "infinity");
    service.awaitThat("NeedDaemonReload", "no");
    await().atMost(LONG).until(() -> !dropIns().contains(service.name()));
    daemon.awaitIncidentOf(
        service.name(), SOON, incident -> incident.getAsJsonArray("holds").isEmpty());
    service.stop();
  }

  @Test
  void aLimitIsTakenBackAfterACrash() throws Exception {
    SickService service = ill("ill-crash.service");
    daemon.awaitIncidentOf(service.name(), LONG, done("limit"));
    lab.run(SOON, "kill", "-KILL", String.valueOf(daemon.pid())).expectSuccess();
    service.awaitThat("CPUQuotaPerSecUSec", "infinity");
    service.stop();
  }

  @Test
  void aLimitIsTakenBackWhileMedicdIsPaused() throws Exception {
    SickService service = ill("ill-pause.service");
    daemon.awaitIncidentOf(service.name(), LONG, done("limit"));
    daemon.medic("pause").expectSuccess();
    service.awaitThat("CPUQuotaPerSecUSec", "infinity");
    daemon.medic("resume").expectSuccess();
    service.stop();
  }

  @Test
  void aLimitThatTheKernelDoesNotHaveIsRefusedAndLeavesNothing() throws Exception {
    SickService service = ill("ill-large.service");
    JsonObject refused = daemon.awaitIncidentOf(service.name(), LONG, inState("exhausted"));
    assertThat(course(refused)).containsExactly("limit allowed failed");
    assertThat(told(refused, "limit"))
        .contains("the kernel has no MemoryHigh for ill-large.service");
    assertThat(service.show("MemoryHigh")).isEqualTo("infinity");
    await().atMost(LONG).until(() -> !dropIns().contains(service.name()));
    service.stop();
  }

  @Test
  void whatAnAdminSetAtRunTimeIsLeftAlone() throws Exception {
    SickService service = SickService.ofOneProcess(lab, "ill-admin.service");
    lab.systemctl("set-property", "--runtime", service.name(), "CPUQuota=60%");
    service.fallIll();
    JsonObject refused = daemon.awaitIncidentOf(service.name(), LONG, inState("exhausted"));
    assertThat(told(refused, "limit")).contains("was set at run time by somebody else");
    assertThat(service.show("CPUQuotaPerSecUSec")).isEqualTo("600ms");
    service.stop();
  }

  @Test
  void freezingIsRefusedWhereTheHierarchyHasNoFreezer() throws Exception {
    SickService service = ill("ill-frozen.service");
    JsonObject refused = daemon.awaitIncidentOf(service.name(), LONG, inState("exhausted"));
    assertThat(course(refused)).containsExactly("freeze allowed failed", "page allowed done");
    assertThat(told(refused, "freeze")).contains("freezing needs cgroup v2");
    service.stop();
  }
}
