package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rungs;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** A pool of workers that takes files from a queue: a real template unit, and the shipped rules. */
@NeedsSystemd
@Tag("once")
class PoolIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String POOL = "worker@.service";

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      pools: { worker@.service: { min: 2, max: 5, queue: /run/queue } }
      limits:
        pool-busy: { queued: 2, for: 1s }
        pool-idle: { for: 3s }
      """;

  /** The shipped treatments with shorter patience. */
  private static final String RULES =
      """
      package ours.pools;

      rule "treatment: pool busy here" salience 10 when
          $d : Diagnosis( name == "pool-busy" )
      then
          medic.treat($d).scalePool("+100%", "2s").page();
      end

      rule "treatment: pool idle here" salience 10 when
          $d : Diagnosis( name == "pool-idle" )
      then
          medic.treat($d).scalePool("-1", "2s").page();
      end
      """;

  /** Takes a file after the other; half a second of work for each. */
  private static final String WORKER =
      """
      #!/bin/sh
      cd /run/queue
      while :; do
          for file in [0-9]*; do
              mv "$file" ".$1" 2>/dev/null && sleep 0.5 && rm ".$1"
              break
          done
          sleep 0.1
      done
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.rule("ours.drl", RULES);
    daemon.start();
  }

  @Test
  void growsFastWhileFilesWaitAndShrinksSlowlyAfterwards() {
    lab.write(Path.of("/opt/worker"), WORKER);
    lab.run(LONG, "chmod", "755", "/opt/worker").expectSuccess();
    lab.run(LONG, "mkdir", "-p", "/run/queue").expectSuccess();
    lab.unitFile(POOL, "[Service]", "ExecStart=/opt/worker %i");
    lab.systemctl("start", "worker@1.service", "worker@2.service");
    files(80);

    JsonObject grown = awaitRecovery("pool-busy");
    assertThat(running()).isEqualTo(List.of("1", "2", "3", "4", "5"));
    assertThat(course(grown)).containsExactly("scale-pool allowed done", "scale-pool allowed done");
    assertThat(text(grown.getAsJsonObject("subject"), "unit")).isEqualTo(POOL);
    assertThat(rungs(grown).stream().map(rung -> text(rung.getAsJsonObject("outcome"), "reason")))
        .containsExactly(
            POOL + ": from 2 to 4 instances, started 3, 4",
            POOL + ": from 4 to 5 instances, started 5");

    JsonObject shrunk = awaitRecovery("pool-idle");
    assertThat(running()).isEqualTo(List.of("1", "2"));
    assertThat(course(shrunk)).hasSize(3).containsOnly("scale-pool allowed done");

    lab.systemctl("stop", "worker@1.service", "worker@2.service");
    files(80);
    await().pollDelay(Duration.ofSeconds(3)).until(() -> running().isEmpty());
  }

  private static void files(int count) {
    lab.run(LONG, "sh", "-c", "seq -f /run/queue/%g " + count + " | xargs touch").expectSuccess();
  }

  private static List<String> running() {
    return lab.run(
            LONG, "systemctl", "list-units", "--state=active", "--plain", "--no-legend", "worker@*")
        .expectSuccess()
        .lines()
        .map(line -> line.replaceAll("worker@([0-9]+)\\.service.*", "$1"))
        .toList();
  }

  private static JsonObject awaitRecovery(String diagnosis) {
    return await(diagnosis)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                daemon.incidents().stream()
                    .filter(each -> text(each, "diagnosis").equals(diagnosis))
                    .filter(inState("recovered"))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
