package org.medicd.daemon.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.notify.Notices;
import org.medicd.plan.Happening;
import org.medicd.plan.Happening.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

@Timeout(60)
class AlertLogTest {
  private static final String OPENED =
      "2026-11-23T11:00:00+01:00 WARNING cpu-runaway opened burner[12] burner.service:"
          + " 98.3 % of a core wanted, for 60 s (20261123-100000-1; told: email)";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("alerts.log");
  }

  private AlertLog log(long mostBytes) {
    return AlertLog.begin(
        file(), mostBytes, () -> Notices.OPENED_AT.plusSeconds(1), ZoneOffset.ofHours(1));
  }

  private static Entry entry(Kind kind, Incident incident, int number, String told) {
    return new Entry(new Happening(kind, incident, number), told, null, Notices.OPENED_AT);
  }

  private static Entry opened(String comm) {
    Incident incident = Notices.incident(comm, Severity.WARNING, IncidentState.OPEN, 0);
    return entry(Kind.OPENED, incident, -1, "told: email");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  @Test
  void aLineTellsWhenWhatAndOfWhom() throws Exception {
    Incident exhausted = Notices.exhausted().incident();
    try (AlertLog log = log(1 << 20)) {
      log.tell(opened("burner"));
      log.tell(entry(Kind.OUTCOME, exhausted, 0, ""));
      log.tell(entry(Kind.VERDICT, exhausted, 1, "silenced"));
      log.tell(entry(Kind.CLOSED, Notices.recovered().incident(), -1, ""));
      Notice unit = Notices.nth(7, "unit-failed", Severity.CRITICAL);
      log.tell(entry(Kind.EXHAUSTED, unit.incident(), -1, ""));
    }
    assertThat(lines())
        .containsExactly(
            OPENED,
            "2026-11-23T11:00:00+01:00 WARNING cpu-runaway rung burner[12] burner.service:"
                + " term done: SIGTERM sent (20261123-100000-1)",
            "2026-11-23T11:00:00+01:00 WARNING cpu-runaway rung burner[12] burner.service:"
                + " kill refused by budget: 3 in 10m used up (20261123-100000-1; silenced)",
            "2026-11-23T11:00:00+01:00 WARNING cpu-runaway recovered burner[12] burner.service:"
                + " the condition ended (20261123-100000-1)",
            "2026-11-23T11:00:00+01:00 CRITICAL unit-failed exhausted worker7.service:"
                + " nothing helped, it is up to people (20261123-100000-7)");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r-----");
  }

  @Test
  void whatCouldNotBeDeliveredHasALastLine() throws Exception {
    try (AlertLog log = log(1 << 20)) {
      log.givenUp("email", Notices.letter(Notices.opened()), "550 no\nsuch user");
    }
    assertThat(lines())
        .containsExactly(
            "2026-11-23T11:00:01+01:00 WARNING undelivered email: web-1: cpu-runaway"
                + " opened: burner (pid 12, burner.service), warning: 550 no\\nsuch user");
  }

  @Test
  void aNameCannotBeALineOrLookLikeWhatFollowsIt() throws Exception {
    try (AlertLog log = log(1 << 20)) {
      log.tell(opened("x[1] y: well\n2026 CRITICAL\u001b[2J"));
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .contains(" opened x[1]\\u{20}y:\\u{20}well\\n2026\\u{20}CRITICAL\\u{1b}[2J[12] burner");
  }

  @Test
  void aFileThatWasMovedAwayIsBegunAnew() throws Exception {
    Path away = folder.resolve("alerts.log-20261123");
    try (AlertLog log = log(1 << 20)) {
      log.tell(opened("burner"));
      await().until(() -> Files.exists(file()) && lines().size() == 1);
      Files.move(file(), away);
      log.tell(opened("burner"));
      await().until(() -> Files.exists(file()) && lines().size() == 1);
    }
    assertThat(away).hasContent(OPENED);
    assertThat(lines()).containsExactly(OPENED);
  }

  @Test
  void aLargeFileIsPutAside() throws Exception {
    int most = 3 * (OPENED.length() + 1);
    try (AlertLog log = log(most)) {
      for (int i = 1; i <= 8; i++) {
        log.tell(opened("burner"));
        int written = i;
        await().until(() -> Files.exists(file()) && lines().size() == (written - 1) % 3 + 1);
      }
    }
    assertThat(lines()).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("alerts.log.1"))).hasSize(3);
    assertThat(folder.toFile().list()).hasSize(2);
  }

  /** A named pipe that nobody reads holds whoever opens it, as a disk that hangs does. */
  @Test
  void aDiskThatHangsDelaysNobodyAndWhatIsLeftOutIsCounted() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor()).isZero();
    AlertLog log = log(1 << 20);
    long began = System.nanoTime();
    for (int i = 0; i < 3_000; i++) {
      log.tell(opened("burner"));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    Path read = folder.resolve("read");
    Process reader = // which holds the pipe open from one batch to the next
        new ProcessBuilder("sh", "-c", "exec cat <> \"$0\"", file().toString())
            .redirectOutput(read.toFile())
            .start();
    try {
      log.close();
      await().until(() -> Files.readString(read).contains("lines-left-out"));
    } finally {
      reader.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(read);
    long told = lines.stream().filter(OPENED::equals).count();
    assertThat(told).isBetween(1L, 2_999L);
    assertThat(lines)
        .contains(
            "2026-11-23T11:00:01+01:00 WARNING lines-left-out "
                + (3_000 - told)
                + ": they could not be written in time");
  }

  @Test
  void aHangingDiskHoldsUpNoEnd() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor()).isZero();
    AlertLog log = log(1 << 20);
    log.tell(opened("burner"));
    long began = System.nanoTime();
    log.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    Files.readAllLines(file()); // lets the thread go
  }

  @Test
  void aFolderThatIsGoneCostsOnlyTheLines() throws Exception {
    Path later = folder.resolve("later");
    AlertLog log =
        AlertLog.begin(later.resolve("alerts.log"), () -> Notices.OPENED_AT, ZoneOffset.ofHours(1));
    log.tell(opened("burner"));
    log.tell(opened("burner"));
    log.close();
    assertThat(later).doesNotExist();
  }
}
