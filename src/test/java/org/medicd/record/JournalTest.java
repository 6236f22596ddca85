package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medicd.record.SampleIncident.killRefused;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.termDone;
import static org.medicd.record.SampleIncident.termIntent;
import static org.medicd.record.SampleIncident.treating;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.plan.Incident;
import org.medicd.plan.Mention;
import org.medicd.plan.Notice;

class JournalTest {
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final String BOOT = "b0075eed";

  @TempDir Path folder;
  private Duration sinceBoot = Duration.ofHours(1);

  private Journal begin(List<Incident> incidents) throws IOException {
    return Journal.begin(folder, BOOT, incidents, Map.of(), () -> sinceBoot);
  }

  /** All but the times of treatments. */
  private Journal.Restored restore(String boot) throws IOException {
    Journal.Restored kept = Journal.restore(folder, boot);
    return restored(kept.sameBoot(), kept.incidents(), kept.damagedLines());
  }

  private static Journal.Restored restored(
      boolean sameBoot, List<Incident> incidents, int damaged) {
    return new Journal.Restored(sameBoot, incidents, Map.of(), damaged);
  }

  @Test
  void restoresTheLastSnapshotOfEach() throws IOException {
    try (Journal journal = begin(List.of(opened("1")))) {
      journal.append(opened("2"), List.of());
      journal.append(treating("1", termIntent()), List.of());
      journal.append(treating("1", termDone()), List.of());
    }

    Journal.Restored restored = restore(BOOT);

    assertThat(restored)
        .isEqualTo(restored(true, List.of(treating("1", termDone()), opened("2")), 0));
  }

  @Test
  void anIntentWithoutAnOutcomeIsRestoredAsUnderWay() throws IOException {
    begin(List.of(treating("1", termIntent()))).close();

    Incident incident = restore(BOOT).incidents().get(0);

    assertThat(incident.steps().get(0).isUnderWay()).isTrue();
  }

  @Test
  void restoresNothingWhereThereIsNoJournal() throws IOException {
    assertThat(restore(BOOT)).isEqualTo(restored(true, List.of(), 0));
  }

  @Test
  void tellsAJournalOfAnotherBoot() throws IOException {
    begin(List.of(opened("1"))).close();

    Journal.Restored restored = restore("another");

    assertThat(restored).isEqualTo(restored(false, List.of(opened("1")), 0));
  }

  @Test
  void tornAtAnyByteItKeepsAllLinesBeforeTheTear() throws IOException {
    Path file = folder.resolve(Journal.FILE);
    try (Journal journal = begin(List.of(opened("1")))) {
      journal.append(treating("1", termIntent()), List.of());
      journal.append(treating("1", termDone()), List.of());
    }
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Journal.Restored restored = restore(BOOT);

      long lines = newlines(whole, length);
      List<Incident> expected =
          switch ((int) lines) {
            case 0, 1 -> List.of();
            case 2 -> List.of(opened("1"));
            case 3 -> List.of(treating("1", termIntent()));
            default -> List.of(treating("1", termDone()));
          };
      assertThat(restored)
          .as("torn after %d bytes", length)
          .isEqualTo(restored(lines > 0, expected, 0));
    }
  }

  private static long newlines(byte[] bytes, int length) {
    long count = 0;
    for (int i = 0; i < length; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  @Test
  void countsAndSkipsDamagedLines() throws IOException {
    Path file = folder.resolve(Journal.FILE);
    try (Journal journal = begin(List.of(opened("1")))) {
      Files.writeString(file, "{\"id\":\"2\"}\n\0\0\0\n", StandardOpenOption.APPEND);
    }
    Files.writeString(file, Json.write(opened("3")) + "\n", StandardOpenOption.APPEND);

    assertThat(restore(BOOT)).isEqualTo(restored(true, List.of(opened("1"), opened("3")), 2));
  }

  @Test
  void aDamagedHeaderMakesTheBootUnknownWhichIsNotThisOne() throws IOException {
    Files.writeString(folder.resolve(Journal.FILE), "garbage\n" + Json.write(opened("1")) + "\n");

    assertThat(restore(BOOT)).isEqualTo(restored(false, List.of(opened("1")), 1));
  }

  @Test
  void compactsToWhatIsGivenAndGoesOn() throws IOException {
    try (Journal journal = begin(List.of())) {
      for (int i = 0; i < 100; i++) {
        journal.append(opened("1"), List.of());
      }
      long before = journal.sizeBytes();

      journal.rewrite(List.of(opened("2")));
      journal.append(opened("3"), List.of());

      assertThat(journal.sizeBytes()).isLessThan(before / 10);
      assertThat(journal.sizeBytes()).isEqualTo(Files.size(folder.resolve(Journal.FILE)));
      assertThat(restore(BOOT).incidents()).containsExactly(opened("2"), opened("3"));
    }
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    begin(List.of()).close();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(Journal.FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void saysSoWhenTheDiskIsFull() throws IOException {
    try (Journal journal =
        new Journal(
            Path.of("/dev/full"),
            BOOT,
            () -> Duration.ZERO,
            Map.of(),
            new RandomAccessFile("/dev/full", "rw"))) {
      assertThatThrownBy(() -> journal.append(opened("1"), List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/dev/full cannot be written");
    }
  }

  @Test
  void leavesTheOldOneWhereANewOneCannotBeBegun() throws IOException {
    begin(List.of(opened("1"))).close();
    Path obstacle = Files.createDirectory(folder.resolve(Journal.FILE + ".new"));
    Files.createFile(obstacle.resolve("in the way"));

    assertThatThrownBy(() -> begin(List.of())).isInstanceOf(IOException.class);
    assertThat(restore(BOOT).incidents()).containsExactly(opened("1"));
  }

  @Test
  void knowsWhenWasTreatedByAClockThatNobodySets() throws IOException {
    try (Journal journal = begin(List.of(opened("1")))) {
      journal.append(treating("1", termIntent()), List.of());
      sinceBoot = Duration.ofHours(2);
      journal.append(treating("1", termDone()), List.of());
      journal.append(treating("2", termIntent()), List.of());
      journal.append(treating("3", killRefused("14 s left")), List.of());
      journal.rewrite(List.of(treating("1", termDone()), treating("2", termIntent())));
    }
    Map<String, Journal.Beside> beside = Journal.restore(folder, BOOT).beside();
    assertThat(treated(beside))
        .isEqualTo(Map.of("1", Duration.ofHours(1), "2", Duration.ofHours(2)));

    Journal.begin(folder, BOOT, List.of(treating("1", termDone())), beside, () -> sinceBoot)
        .close();
    assertThat(treated(Journal.restore(folder, BOOT).beside()))
        .isEqualTo(Map.of("1", Duration.ofHours(1)));
  }

  private static Map<String, Duration> treated(Map<String, Journal.Beside> beside) {
    return beside.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> Objects.requireNonNull(each.getValue().treated())));
  }

  @Test
  void knowsWhatPeopleAreTold() throws IOException {
    Mention first = new Mention("1.0", Notice.Kind.OPENED, List.of("email"), AT);
    Mention second = new Mention("1.1", Notice.Kind.CLOSED, List.of("email", "slack"), AT);
    try (Journal journal = begin(List.of())) {
      journal.append(opened("1"), List.of(first));
      journal.append(treating("1", termIntent()), List.of());
      journal.append(treating("1", termDone()), List.of(second));
    }
    assertThat(Journal.restore(folder, BOOT).beside().get("1"))
        .isEqualTo(new Journal.Beside(sinceBoot, List.of(first, second)));
  }

  @Test
  void readsWhatAnOlderMedicdWrote() throws IOException {
    begin(List.of(treating("1", termDone()))).close();
    assertThat(Files.readString(folder.resolve(Journal.FILE))).doesNotContain("treatedMillis");
    assertThat(restore(BOOT).incidents()).containsExactly(treating("1", termDone()));
  }
}
