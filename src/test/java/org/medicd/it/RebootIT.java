package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;

/** The rung reboot: it ends the lab's own PID 1, in the lab's own pid namespace. */
@NeedsSystemd
@Tag("once")
class RebootIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String RULES =
      """
      package test.reboot;

      rule "symptom: somebody is ill enough" when
          Proc( comm == "ill-enough" )
      then
          insertLogical( new Symptom("ill-enough", new HostId()) );
      end

      rule "diagnosis: ill enough" @severity("critical") when
          Symptom( name == "ill-enough", $host : subject )
      then
          insertLogical( new Diagnosis("ill-enough", $host) );
      end

      rule "treatment: ill enough" when
          $d : Diagnosis( name == "ill-enough" )
      then
          medic.treat($d).page("The lab is restarted.", "1s").reboot("60s");
      end
      """;

  @TempDir Path kept;

  @Test
  void systemdStopsEveryUnitBeforeTheHostGoesDown() throws IOException {
    Path stopped = kept.resolve("neighbour-stopped");
    try (SystemdLab lab = SystemdLab.boot("--bind", kept.toString())) {
      String yaml = "mode: act\ntick: 200ms\nbudget: { reboot: 60/1h }\n";
      DaemonInLab daemon = DaemonInLab.install(lab, yaml);
      daemon.rule("reboot.drl", RULES);
      lab.unitFile(
          "neighbour.service",
          "[Service]",
          "ExecStart=/bin/sleep infinity",
          "ExecStopPost=/bin/touch " + stopped);
      lab.systemctl("start", "neighbour.service");
      daemon.start();
      assertThat(stopped).doesNotExist();

      lab.startSleeper("ill", "ill-enough");

      await("the end of the lab's PID 1")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !lab.isRunning());
    }
    assertThat(stopped).exists();
  }
}
