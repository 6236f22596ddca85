package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.inState;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six burners of one parent on however many cores: each gets a part and demands a whole one. */
@Tag("once")
class GroupIT {
  private static final Duration LONG = Duration.ofSeconds(45);

  @TempDir Path folder;

  @Test
  void sixBurnersOfOneParentAreOneIncidentAndAllEnd() throws Exception {
    Path burner = TestProcess.shell(folder, "sixfold");
    Path parent = TestProcess.shell(folder, "parent");
    String yaml =
        """
        mode: act
        tick: 250ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 75, for: 2s, host-percent: 0 }
        """
            .formatted(RunningDaemon.impatientRules(folder), burner);
    String six =
        "for i in 1 2 3 4 5 6; do %s -c 'while :; do :; done' & done; while :; do wait; /bin/sleep 1; done"
            .formatted(burner);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess of = TestProcess.run(parent, six)) {
      List<Long> burners = await().until(of::children, children -> children.size() == 6);
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(burners).allMatch(pid -> TestProcess.state(pid) == 'X'));
      assertThat(of.lives()).isTrue();
      List<JsonObject> incidents =
          await()
              .atMost(LONG)
              .until(() -> about(daemon), all -> all.stream().anyMatch(inState("recovered")));
      assertThat(incidents).hasSize(1);
      JsonObject subject = incidents.get(0).getAsJsonObject("subject");
      assertThat(subject.get("kind").getAsString()).isEqualTo("group");
      assertThat(RunningDaemon.done(incidents.get(0))).containsExactly("capture", "term");
    }
  }

  private static List<JsonObject> about(RunningDaemon daemon) throws IOException {
    return daemon.incidents().stream()
        .filter(each -> each.getAsJsonObject("subject").toString().contains("sixfold"))
        .toList();
  }
}
