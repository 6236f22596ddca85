package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.Result;

/** The service as systemd sees it: started, fed, reloaded, stopped, broken, hung. */
@NeedsSystemd
@Tag("once")
class ServiceIT extends InLab {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String YAML = "tick: 200ms\n";

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.override(
        "[Service]",
        "WatchdogSec=3s",
        "TimeoutStartSec=60s",
        "TimeoutStopSec=5s",
        "RestartSec=300ms");
    // Or systemd would forget how it ended as soon as it has.
    lab.systemctl("add-wants", "lab.target", "medicd.service");
  }

  @BeforeEach
  void asInstalled() {
    daemon.configure(YAML);
    lab.run(LIMIT, "systemctl", "reset-failed", "medicd.service");
  }

  @AfterEach
  void stop() {
    lab.systemctl("stop", "medicd.service");
  }

  @Test
  void isActiveOnlyOnceItWatches() throws IOException {
    lab.systemctl("start", "--no-block", "medicd.service");
    List<String> states = new ArrayList<>();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              states.add(daemon.show("ActiveState"));
              return states.get(states.size() - 1).equals("active");
            });

    assertThat(daemon.status().get("ticks").getAsLong()).isPositive();
    assertThat(states).contains("activating");
    assertThat(lab.systemctl("status", "medicd.service"))
        .contains("Status: \"watching, mode observe, no incident open\"")
        .contains("/usr/share/medicd")
        .contains("medicd ready");
    assertThat(lab.inLab(java.nio.file.Path.of("/proc/" + daemon.pid() + "/comm")))
        .hasContent("java");
  }

  @Test
  void feedsTheWatchdogAndIsStartedAnewWhenItHangs() throws IOException {
    daemon.start();
    int first = daemon.pid();
    assertThat(daemon.show("WatchdogUSec")).isEqualTo("3s");
    long ticks = daemon.status().get("ticks").getAsLong();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> daemon.status().get("ticks").getAsLong() > ticks + 25); // 5 s of them
    assertThat(daemon.pid()).isEqualTo(first);
    assertThat(daemon.show("NRestarts")).isEqualTo("0");

    lab.run(LIMIT, "kill", "-STOP", String.valueOf(first)).expectSuccess();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                daemon.show("NRestarts").equals("1")
                    && daemon.show("ActiveState").equals("active"));

    assertThat(daemon.pid()).isNotEqualTo(first);
    assertThat(lab.journal()).contains("Watchdog timeout");
    assertThat(daemon.status().get("ticks").getAsLong()).isPositive();
  }

  @Test
  void aRuleThatNeverEndsIsLeftOutOnceItHeldTheDaemonUpTwice() throws IOException {
    String file = "/etc/medicd/rules.d/endless.drl";
    daemon.rule(
        "endless.drl",
        """
        rule "endless" when Proc( comm == "tick-eater" ) then
          for (int i = 0; i < 1; i--) { i = 0; } end
        """);
    try {
      daemon.start();
      lab.startSleeper("eater", "tick-eater");
      daemon.awaitIncident(
          "rule-left-out", Duration.ofSeconds(50)); // a start that times out takes 60 s
      long ticks = daemon.status().get("ticks").getAsLong();
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> daemon.status().get("ticks").getAsLong() > ticks + 25);
      assertThat(lab.journal()).contains("medicd died twice while the rule \"endless\" ran");
    } finally {
      lab.run(LIMIT, "systemctl", "stop", "eater.service"); // which may not have been started
      lab.run(LIMIT, "rm", file);
    }
  }

  @Test
  void takesUpChangedRulesWhenItIsReloaded() throws IOException {
    daemon.start();
    int pid = daemon.pid();
    int rules = daemon.status().get("rules").getAsInt();
    daemon.rule(
        "own.drl",
        """
        package own;
        rule "symptom: something runs"
        when
            $p : Proc( threads >= 1 )
        then
            insertLogical( new Symptom("runs", $p.id()) );
        end
        """);

    lab.systemctl("reload", "medicd.service");

    await()
        .atMost(LIMIT)
        .until(() -> daemon.status().get("rules").getAsInt(), count -> count == rules + 1);
    assertThat(daemon.pid()).isEqualTo(pid);
    assertThat(daemon.show("ActiveState")).isEqualTo("active");
    lab.run(LIMIT, "rm", "/etc/medicd/rules.d/own.drl").expectSuccess();
  }

  @Test
  void goesOnWithTheOldConfigurationWhereTheNewIsBroken() throws IOException {
    daemon.start();
    int pid = daemon.pid();
    daemon.configure(YAML + "colldown: 5s\n");

    lab.systemctl("reload", "medicd.service");

    await()
        .atMost(LIMIT)
        .until(() -> lab.journal(), text -> text.contains("unknown key 'colldown'"));
    await().atMost(LIMIT).until(() -> daemon.show("ActiveState").equals("active"));
    assertThat(daemon.pid()).isEqualTo(pid);
    assertThat(lab.systemctl("status", "medicd.service")).contains("not reloaded");
  }

  @Test
  void endsCleanlyWithinSecondsWhenItIsStopped() throws IOException {
    daemon.start();
    long began = System.nanoTime();

    lab.systemctl("stop", "medicd.service");

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(daemon.show("Result")).isEqualTo("success");
    assertThat(daemon.show("ExecMainCode")).isEqualTo("1"); // CLD_EXITED
    assertThat(daemon.show("ExecMainStatus")).isEqualTo("0");
    assertThat(daemon.show("ActiveState")).isEqualTo("inactive");
  }

  @Test
  void doesNotStartWithABrokenConfigurationAndIsNotTriedAgain() throws InterruptedException {
    daemon.configure("mode: act\ncolldown: 5s\nlimits: { cpu-runaway: { for: 5 parsecs } }\n");

    Result started = lab.run(LIMIT, "systemctl", "start", "medicd.service");

    assertThat(started.status()).isNotZero();
    await().during(Duration.ofSeconds(1)).until(() -> daemon.show("ActiveState").equals("failed"));
    assertThat(daemon.show("ExecMainStatus")).isEqualTo("2");
    assertThat(daemon.show("NRestarts")).isEqualTo("0");
    assertThat(lab.journal())
        .contains("/etc/medicd/medicd.yaml:2")
        .contains("did you mean 'cooldown'?")
        .contains("5 parsecs");
  }
}
