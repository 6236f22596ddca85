package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.plan.Incident;

class JournalTest {
  private static final String BOOT = "b0075eed";

  @TempDir Path folder;

  @Test
  void restoresTheLastSnapshotOfEach() throws IOException {
    try (Journal journal = Journal.begin(folder, BOOT, List.of(opened("1")))) {
      journal.append(opened("2"));
      journal.append(treating("1", termIntent()));
      journal.append(treating("1", termDone()));
    }

    Journal.Restored restored = Journal.restore(folder, BOOT);

    assertThat(restored)
        .isEqualTo(new Journal.Restored(true, List.of(treating("1", termDone()), opened("2")), 0));
  }

  @Test
  void anIntentWithoutAnOutcomeIsRestoredAsUnderWay() throws IOException {
    Journal.begin(folder, BOOT, List.of(treating("1", termIntent()))).close();

    Incident incident = Journal.restore(folder, BOOT).incidents().get(0);

    assertThat(incident.steps().get(0).isUnderWay()).isTrue();
  }

  @Test
  void restoresNothingWhereThereIsNoJournal() throws IOException {
    assertThat(Journal.restore(folder, BOOT)).isEqualTo(new Journal.Restored(true, List.of(), 0));
  }

  @Test
  void tellsAJournalOfAnotherBoot() throws IOException {
    Journal.begin(folder, BOOT, List.of(opened("1"))).close();

    Journal.Restored restored = Journal.restore(folder, "another");

    assertThat(restored).isEqualTo(new Journal.Restored(false, List.of(opened("1")), 0));
  }

  @Test
  void tornAtAnyByteItKeepsAllLinesBeforeTheTear() throws IOException {
    Path file = folder.resolve(Journal.FILE);
    try (Journal journal = Journal.begin(folder, BOOT, List.of(opened("1")))) {
      journal.append(treating("1", termIntent()));
      journal.append(treating("1", termDone()));
    }
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Journal.Restored restored = Journal.restore(folder, BOOT);

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
          .isEqualTo(new Journal.Restored(lines > 0, expected, 0));
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
    try (Journal journal = Journal.begin(folder, BOOT, List.of(opened("1")))) {
      Files.writeString(file, "{\"id\":\"2\"}\n\0\0\0\n", StandardOpenOption.APPEND);
    }
    Files.writeString(file, Json.write(opened("3")) + "\n", StandardOpenOption.APPEND);

    assertThat(Journal.restore(folder, BOOT))
        .isEqualTo(new Journal.Restored(true, List.of(opened("1"), opened("3")), 2));
  }

  @Test
  void aDamagedHeaderMakesTheBootUnknownWhichIsNotThisOne() throws IOException {
    Files.writeString(folder.resolve(Journal.FILE), "garbage\n" + Json.write(opened("1")) + "\n");

    assertThat(Journal.restore(folder, BOOT))
        .isEqualTo(new Journal.Restored(false, List.of(opened("1")), 1));
  }

  @Test
  void compactsToWhatIsGivenAndGoesOn() throws IOException {
    try (Journal journal = Journal.begin(folder, BOOT, List.of())) {
      for (int i = 0; i < 100; i++) {
        journal.append(opened("1"));
      }
      long before = journal.sizeBytes();

      journal.rewrite(List.of(opened("2")));
      journal.append(opened("3"));

      assertThat(journal.sizeBytes()).isLessThan(before / 10);
      assertThat(journal.sizeBytes()).isEqualTo(Files.size(folder.resolve(Journal.FILE)));
      assertThat(Journal.restore(folder, BOOT).incidents())
          .containsExactly(opened("2"), opened("3"));
    }
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    Journal.begin(folder, BOOT, List.of()).close();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(Journal.FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void saysSoWhenTheDiskIsFull() throws IOException {
    try (Journal journal =
        new Journal(Path.of("/dev/full"), BOOT, new RandomAccessFile("/dev/full", "rw"))) {
      assertThatThrownBy(() -> journal.append(opened("1")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/dev/full cannot be written");
    }
  }

  @Test
  void leavesTheOldOneWhereANewOneCannotBeBegun() throws IOException {
    Journal.begin(folder, BOOT, List.of(opened("1"))).close();
    Path obstacle = Files.createDirectory(folder.resolve(Journal.FILE + ".new"));
    Files.createFile(obstacle.resolve("in the way"));

    assertThatThrownBy(() -> Journal.begin(folder, BOOT, List.of()))
        .isInstanceOf(IOException.class);
    assertThat(Journal.restore(folder, BOOT).incidents()).containsExactly(opened("1"));
  }
}
