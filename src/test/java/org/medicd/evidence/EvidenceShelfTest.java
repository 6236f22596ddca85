package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceShelfTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  private @TempDir Path state;
  private Path folder;

  @BeforeEach
  void begin() throws IOException {
    folder = Files.createDirectory(state.resolve("evidence"));
  }

  /** A folder of evidence, and one below it, last changed so long ago. */
  private Path evidence(String incident, int daysAgo, int kibibytes) throws IOException {
    Path lot = Files.createDirectories(folder.resolve(incident).resolve("0-7-500"));
    Files.write(lot.resolve("stack"), new byte[kibibytes << 10]);
    changed(daysAgo, lot.resolve("stack"), lot, folder.resolve(incident));
    return folder.resolve(incident);
  }

  private static void changed(int daysAgo, Path... paths) throws IOException {
    for (Path path : paths) {
      Files.setLastModifiedTime(path, FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
    }
  }

  private EvidenceShelf shelf(long maxKibibytes) {
    return new EvidenceShelf(folder, Duration.ofDays(30), maxKibibytes << 10);
  }

  @Test
  void whatIsOldGoes() throws IOException {
    Path old = evidence("old", 31, 1);
    Path young = evidence("young", 29, 1);
    assertThat(shelf(10_000).tidy(NOW, Set.of())).containsExactly("old");
    assertThat(old).doesNotExist();
    assertThat(young.resolve("0-7-500/stack")).exists();
  }

  @Test
  void theOldestGoesWhereItIsTooMuch() throws IOException {
    evidence("a", 3, 100);
    evidence("b", 2, 100);
    evidence("c", 1, 100);
    assertThat(shelf(250).tidy(NOW, Set.of())).containsExactly("a");
    assertThat(shelf(250).tidy(NOW, Set.of())).isEmpty();
  }

  @Test
  void thatOfAnOpenIncidentStays() throws IOException {
    Path open = evidence("open", 90, 100);
    evidence("closed", 1, 100);
    assertThat(shelf(50).tidy(NOW, Set.of("open"))).containsExactly("closed");
    assertThat(open).exists();
  }

  @Test
  void linksAreRemovedAndNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(state.resolve("elsewhere"));
    Path precious = Files.writeString(elsewhere.resolve("precious"), "data");
    Path old = evidence("old", 31, 1);
    Files.createSymbolicLink(old.resolve("out"), elsewhere);
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    assertThat(shelf(10_000).tidy(NOW.plus(Duration.ofDays(60)), Set.of())).containsExactly("old");
    assertThat(old).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  void whereNothingWasEverCapturedThereIsNothingToDo() throws IOException {
    Path none = folder.resolve("none");
    assertThat(new EvidenceShelf(none, Duration.ofDays(30), 1).tidy(NOW, Set.of())).isEmpty();
  }
}
