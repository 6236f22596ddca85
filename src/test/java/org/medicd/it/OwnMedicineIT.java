package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** What medicd does for others holds for itself: memory, a heap that is full, its own rules. */
@NeedsSystemd
@Tag("once")
class OwnMedicineIT extends InLab {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String YAML = "tick: 200ms\n";
  private static final String[] OVERRIDE = {
    "[Service]", "TimeoutStartSec=60s", "TimeoutStopSec=5s", "RestartSec=300ms"
  };

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
  }

  @BeforeEach
  void asInstalled() {
    daemon.configure(YAML);
    daemon.override(OVERRIDE);
    lab.run(LIMIT, "systemctl", "reset-failed", "medicd.service");
  }

  @AfterEach
  void stop() {
    lab.systemctl("stop", "medicd.service");
  }

  @Test
  void keepsWhatItHasInMemoryThere() throws IOException {
    daemon.start();
    Path status = lab.inLab(Path.of("/proc/" + daemon.pid() + "/status"));
    assertThat(kilobytes(status, "VmLck:")).isGreaterThan(kilobytes(status, "VmRSS:"));
  }

  private static long kilobytes(Path status, String name) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  @Test
  void startsWhereItMayKeepNothingInMemory() throws IOException {
    daemon.override(
        "[Service]", "LimitMEMLOCK=8M", "CapabilityBoundingSet=~CAP_IPC_LOCK", "TimeoutStopSec=5s");
    daemon.start();
    assertThat(daemon.status().get("ticks").getAsLong()).isPositive();
    assertThat(lab.journal())
        .contains("a host short of memory may slow medicd down: mlockall without CAP_IPC_LOCK");
  }

  @Test
  void endsWhenItsHeapIsFullAndLeavesOutTheRuleThatFilledIt() throws IOException {
    String file = "/etc/medicd/rules.d/glutton.drl";
    daemon.rule(
        "glutton.drl",
        """
        rule "glutton" when Proc( comm == "heap-eater" ) then
          java.util.List<byte[]> all = new java.util.ArrayList<>();
          for (int i = 0; i < 1_000_000; i++) { all.add(new byte[1 << 20]); } end
        """);
    try {
      daemon.start();
      lab.startSleeper("eater", "heap-eater");
      daemon.awaitIncident("rule-left-out", Duration.ofSeconds(90));
      assertThat(daemon.show("NRestarts")).isEqualTo("2");
      assertThat(daemon.status().get("ticks").getAsLong()).isPositive();
    } finally {
      lab.run(LIMIT, "systemctl", "stop", "eater.service"); // which may not have been started
      lab.run(LIMIT, "rm", file);
    }
  }

  @Test
  void isNeverTheVictimOfItsOwnRules() throws IOException {
    String file = "/etc/medicd/rules.d/suicide.drl";
    daemon.rule(
        "suicide.drl",
        """
        rule "all are ill" when $p : Proc( unit == "medicd.service" ) then
          insertLogical( new Diagnosis("being-medicd", $p.id()) ); end
        rule "treatment" when $d : Diagnosis( name == "being-medicd" ) then
          medic.treat($d).stop("1s").renice(19, "1s").term("1s").kill("1s").freeze("1s")
              .limit("CPUQuota=5%", "1s").cgroupKill("1s").restartUnit("1s").stopUnit("1s"); end
        """);
    daemon.configure("mode: act\ntick: 200ms\nscope: { units: [medicd.service] }\n");
    try {
      daemon.start();
      int pid = daemon.pid();
      JsonObject incident =
          daemon.awaitIncidentOf("medicd.service", LIMIT, DaemonInLab.inState("exhausted"));
      // "ladder": no TERM was sent, and that comes before what kills.
      assertThat(RunningDaemon.rungs(incident))
          .hasSize(9)
          .allMatch(rung -> rung.matches("\\S+ refused by (protected|ladder)"));
      assertThat(daemon.pid()).isEqualTo(pid);
      assertThat(daemon.show("NRestarts")).isEqualTo("0");
    } finally {
      lab.run(LIMIT, "rm", file);
    }
  }
}
