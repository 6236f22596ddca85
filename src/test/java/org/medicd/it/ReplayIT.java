package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.RunningDaemon.rungs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded of a real incident, run through the same rules, and through others. */
@Tag("once")
class ReplayIT {
  private static final Duration LONG = Duration.ofSeconds(45);

  @TempDir Path folder;

  private Path slice(String incident) {
    return folder.resolve("state/evidence/" + incident + "/flight");
  }

  private String medic(int status, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RunningDaemon.tree().resolve("bin/medic").toString());
    command.addAll(List.of(words));
    Process medic = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(medic.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(medic.waitFor()).as(out).isEqualTo(status);
    return out;
  }

  @Test
  void replaysToTheSameIncidentsAndRungs() throws Exception {
    Path stubborn = TestProcess.shell(folder, "stubborn");
    String yaml =
        """
        mode: act
        tick: 250ms
        scope: { processes: [%s] }
        limits: { cpu-runaway: { cpu-percent: 75, for: 2s, host-percent: 0 } }
        """
            .formatted(stubborn);
    Path recording = folder.resolve("recording");
    JsonObject real;
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess burner = TestProcess.run(stubborn, "trap '' TERM; while :; do :; done")) {
      burner.exitStatus(LONG, daemon);
      real = daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
      String id = real.get("id").getAsString();
      await().atMost(LONG).until(() -> java.nio.file.Files.exists(slice(id)));
      assertThat(medic(0, "show", id, "--evidence", "--runtime", folder.resolve("run").toString()))
          .contains("a recording: medic replay " + slice(id) + " --rules DIR");
      medic(0, "record", recording.toString(), "--runtime", folder.resolve("run").toString());
    }
    String config = folder.resolve("medicd.yaml").toString();
    String replayed = medic(0, "replay", recording.toString(), "--config", config, "--json");
    JsonArray incidents = JsonParser.parseString(replayed).getAsJsonArray();
    JsonObject same =
        incidents.asList().stream()
            .map(each -> each.getAsJsonObject())
            .filter(each -> each.get("subject").equals(real.get("subject")))
            .findFirst()
            .orElseThrow();
    for (String part : List.of("diagnosis", "rule", "severity", "state", "because", "openedAt")) {
      assertThat(same.get(part)).as(part).isEqualTo(real.get(part));
    }
    assertThat(rungs(same)).isEqualTo(rungs(real));

    String slice = slice(real.get("id").getAsString()).toString();
    assertThat(medic(0, "replay", slice, "--config", config)).contains("cpu-runaway");

    Path none = java.nio.file.Files.createDirectory(folder.resolve("none"));
    java.nio.file.Files.writeString(none.resolve("none.drl"), "rule \"none\" when Host() then end");
    String difference =
        medic(1, "replay", recording.toString(), "--config", config, "--against", none.toString());
    assertThat(difference)
        .contains("capture done, term done, kill done; recovered")
        .containsPattern("(?m)^- .* cpu-runaway of stubborn\\[");
  }
}
