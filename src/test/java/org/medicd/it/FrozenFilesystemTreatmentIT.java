package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.medicd.lab.FrozenFilesystem;
import org.medicd.lab.JournalOfFailure;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;

/** Twenty writers of a file system that is truly frozen: one incident, and nobody is signalled. */
@NeedsSystemd
@Tag("once")
class FrozenFilesystemTreatmentIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int WRITERS = 20;
  private static final String YAML =
      """
      mode: act
      tick: 200ms
      limits: { d-state-pileup: { processes: 10, blocked: 1s, for: 2s } }
      """;

  private SystemdLab lab;

  @RegisterExtension final JournalOfFailure journal = new JournalOfFailure(() -> lab);

  @Test
  void isOneIncidentAboutTheFilesystemAndEndsWithTheThaw() throws IOException {
    try (SystemdLab booted = SystemdLab.boot("--loop")) {
      lab = booted;
      DaemonInLab daemon = DaemonInLab.install(lab, YAML);
      daemon.start();
      try (FrozenFilesystem frozen = FrozenFilesystem.in(lab, WRITERS)) {
        String mountPoint = mountPoint(frozen.writers().get(0));

        JsonObject paged = awaitPileup(daemon, "exhausted");
        assertThat(text(paged.getAsJsonObject("subject"), "kind")).isEqualTo("filesystem");
        assertThat(text(paged.getAsJsonObject("subject"), "name")).contains(mountPoint);
        assertThat(paged.get("evidence").getAsJsonArray()).isNotEmpty();
        assertThat(daemon.medic("why", "" + frozen.writers().get(0)).expectSuccess())
            .contains("uninterruptible", "in the kernel function", mountPoint);
        for (int pid : frozen.writers()) {
          assertThat(status(pid)).contains("State:\tD", "SigPnd:\t0000000000000000");
          assertThat(status(pid)).contains("ShdPnd:\t0000000000000000");
        }

        assertThat(frozen.thaw()).isEqualTo(WRITERS);

        JsonObject recovered = awaitPileup(daemon, "recovered");
        assertThat(text(recovered, "id")).isEqualTo(text(paged, "id"));
        assertThat(course(recovered)).containsExactly("capture allowed done", "page allowed done");
        assertThat(daemon.incidents()).hasSize(1);
      }
    }
  }

  private static JsonObject awaitPileup(DaemonInLab daemon, String state) {
    return await("pile-up that is " + state)
        .atMost(LIMIT)
        .until(daemon::incidents, all -> all.size() == 1 && isPileup(all, state))
        .get(0);
  }

  private static boolean isPileup(List<JsonObject> all, String state) {
    return text(all.get(0), "diagnosis").equals("d-state-pileup")
        && text(all.get(0), "state").equals(state);
  }

  private String status(int pid) throws IOException {
    return Files.readString(lab.inLab(Path.of("/proc/" + pid + "/status")));
  }

  /** As the writer itself sees it. */
  private String mountPoint(int pid) throws IOException {
    return Files.readString(lab.inLab(Path.of("/proc/" + pid + "/mounts")))
        .lines()
        .filter(line -> line.startsWith("/dev/loop"))
        .map(line -> line.split(" ")[1])
        .filter(point -> point.contains("medicd-frozen"))
        .findFirst()
        .orElseThrow();
  }
}
