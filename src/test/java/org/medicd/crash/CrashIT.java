package org.medicd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.crash.Crashes.Outcome;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.Program;
import org.medicd.lab.SystemdLab;

/** The points that differ most; {@code src/test/crash} goes through all. */
@NeedsRoot
@Tag("once")
class CrashIT {
  @TempDir static Path folder;
  private static Crashes crashes;

  @BeforeAll
  static void build() {
    Path killAt = folder.resolve("kill-at");
    Program.run(
            Duration.ofMinutes(1),
            List.of("gcc", "-O2", "-o", killAt.toString(), "src/test/lab/kill-at.c"))
        .expectSuccess();
    crashes = new Crashes(killAt, folder);
  }

  private final List<Callable<Outcome>> runs = new ArrayList<>();

  private void crash(Scenario.Beginning scenario, String... points) {
    for (String each : points) {
      List<KillPoint> lives = List.of(each.split(", ")).stream().map(KillPoint::parse).toList();
      runs.add(crashes.of(scenario, lives));
    }
  }

  private void allAreRight() throws Exception {
    List<Outcome> outcomes = Crashes.all(runs);
    assertThat(outcomes).allMatch(Outcome::isGood);
    assertThat(outcomes).allMatch(each -> each.kills() == each.points().size(), "was killed there");
  }

  /** In the journal: 1 and 2 begin it, 3 TERM is meant, 4 done, 5 KILL is meant, 6 done, 7 over. */
  @Test
  void noSignalIsSentTwiceNoRungIsSkippedAndNothingIsLost() throws Exception {
    crash(
        Patients::one,
        "journal:3:before",
        "journal:3:after",
        "signal:1:after",
        "signal:1:after, journal:2:before",
        "journal:5:after",
        "signal:2:after",
        "journal:7:after",
        "state:60:before");
    crash(Patients::held, "signal:1:after", "signal:1:after, signal:1:before");
    crash(Patients::group, "signal:3:after");
    allAreRight();
  }

  @Test
  @NeedsSystemd
  void aUnitIsStartedAnewOnceAndNoLimitIsLeftBehind() throws Exception {
    try (SystemdLab lab = SystemdLab.boot("--hybrid", "--bind", folder.toString())) {
      crash(Services.restartedIn(lab), "bus:1:before", "bus:1:after", "journal:4:before");
      crash(Services.limitedIn(lab), "bus:1:after", "bus:2:before", "bus:2:after");
      allAreRight();
    }
  }
}
