package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;
import static org.medicd.record.SampleIncident.termDone;
import static org.medicd.record.SampleIncident.termIntent;
import static org.medicd.record.SampleIncident.treating;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.plan.Step;

class StoreTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(OPENED);

  @TempDir Path folder;
  private Set<String> goingOn = Set.of("1", "2", "3");

  private Store store(Path where) {
    return new Store(
        new StoreSettings(
            where,
            Duration.ofDays(30),
            256L << 20,
            3,
            Duration.ofMillis(20),
            Duration.ofSeconds(30)),
        now::get,
        goingOn);
  }

  private static void awaitWritten(Store store) {
    await()
        .untilAsserted(
            () -> assertThat(store.health()).isEqualTo(new StoreHealth(null, null, 0, 0, null)));
  }

  @Test
  void findsWhatItWasGivenAfterARestart() throws IOException {
    try (Store store = store(folder)) {
      store.put(opened("1"));
      store.put(treating("1", termIntent()));
      store.put(opened("2"));
    }

    try (Store store = store(folder)) {
      assertThat(store.find("1")).contains(treating("1", termIntent()));
      assertThat(store.find("3")).isEmpty();
      assertThat(store.recent(10)).containsExactly(opened("2"), treating("1", termIntent()));
      assertThat(store.recent(1)).containsExactly(opened("2"));
    }
  }

  @Test
  void whatNobodyKnowsOfAfterARestartOfTheHostIsWithdrawn() throws IOException {
    try (Store store = store(folder)) {
      store.put(opened("1"));
      store.put(opened("2"));
      store.put(recovered("4", OPENED.plusSeconds(80), termDone()));
    }
    now.set(OPENED.plusSeconds(600));
    goingOn = Set.of("2");

    try (Store store = store(folder)) {
      assertThat(store.find("1"))
          .contains(opened("1").withdrawn("the host was rebooted", OPENED.plusSeconds(600)));
      assertThat(store.find("2")).contains(opened("2"));
      assertThat(store.find("4")).contains(recovered("4", OPENED.plusSeconds(80), termDone()));
      assertThat(store.audit(1).get(0).what()).isEqualTo("closed");
    }
  }

  @Test
  void anEndThatItIsToldOfAgainAddsNothing() throws IOException {
    try (Store store = store(folder)) {
      store.put(treating("1", termDone()));
    }

    try (Store store = store(folder)) {
      store.put(recovered("1", OPENED.plusSeconds(80), termDone()));
      awaitWritten(store);
      List<AuditLine> once = store.audit(10);
      store.put(recovered("1", OPENED.plusSeconds(80), termDone()));
      awaitWritten(store);
      assertThat(once.get(0).what()).isEqualTo("closed");
      assertThat(store.audit(10)).isEqualTo(once);
    }
  }

  @Test
  void keepsAnAuditTrailOfWhatChanged() throws IOException {
    try (Store store = store(folder)) {
      store.put(opened("1"));
      awaitWritten(store);
      store.put(treating("1", termIntent()));
      store.put(treating("1", termDone()));
      store.put(recovered("1", OPENED.plusSeconds(80), termDone()));
      awaitWritten(store);

      assertThat(store.audit(10))
          .extracting(AuditLine::what)
          .containsExactly("closed", "outcome", "verdict", "opened");
      assertThat(store.audit(1)).singleElement().extracting(AuditLine::seq).isEqualTo(4L);
    }
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    try (Store store = store(folder)) {
      store.put(opened("1"));
      awaitWritten(store);

      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as("%s", file)
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void holdsWhatAFolderThatCannotBeWrittenDoesNotTake() {
    try (Store store = store(Path.of("/proc"))) { // not even root can make a file there
      for (String id : List.of("1", "2", "3", "4")) {
        store.put(opened(id));
      }

      await().until(() -> !store.health().isGood());
      assertThat(store.health().problem()).contains("/proc/medicd.db", "cannot be used");
      assertThat(store.health().since()).isEqualTo(OPENED);
      await().until(() -> store.health().pending() == 3);
      assertThat(store.health().lost()).isEqualTo(1);
      assertThatThrownBy(() -> store.recent(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/proc/medicd.db");
    }
  }

  @Test
  void writesWhatItHeldOnceTheFolderIsThere() throws IOException {
    Path late = folder.resolve("late");
    try (Store store = store(late)) {
      store.put(opened("1"));
      await().until(() -> !store.health().isGood());

      Files.createDirectory(late);

      awaitWritten(store);
      assertThat(store.find("1")).contains(opened("1"));
    }
  }

  @Test
  void answersWithinTheDeadlineWhileTheDiskHangs() throws Exception {
    StoreSettings hasty =
        new StoreSettings(
            folder, Duration.ofDays(30), 1L << 30, 9, Duration.ofMillis(20), Duration.ofMillis(50));
    Path file = folder.resolve(DatabaseFile.NAME);
    try (var other = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE"); // whoever comes now waits for seconds
      try (Store store = new Store(hasty, now::get, Set.of())) {
        store.put(opened("1"));
        assertThatThrownBy(() -> store.recent(1))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("does not answer within 50 ms");

        now.set(OPENED.minusSeconds(3_600)); // a clock that is set back is no excuse
        await()
            .untilAsserted(
                () -> assertThat(store.health().problem()).contains("has not answered for"));
        assertThat(store.health().pending()).isEqualTo(1);

        statement.execute("ROLLBACK");
        awaitWritten(store);
      }
    }
  }

  @Test
  void movesADamagedDatabaseAsideAndBeginsANewOne() throws IOException {
    Files.writeString(folder.resolve(DatabaseFile.NAME), "this was a database\n".repeat(1_000));

    try (Store store = store(folder)) {
      store.put(opened("1"));

      assertThat(store.recent(10)).isSubsetOf(opened("1"));
      await().untilAsserted(() -> assertThat(store.find("1")).contains(opened("1")));
      assertThat(store.health().damaged()).contains("medicd.db.damaged-20260301T100000");
      assertThat(Path.of(String.valueOf(store.health().damaged())))
          .content()
          .startsWith("this was");
    }
  }

  @Test
  void noticesADatabaseWithDamagedPages() throws IOException {
    Path file = folder.resolve(DatabaseFile.NAME);
    try (Store store = store(folder)) {
      for (int i = 0; i < 100; i++) {
        store.put(treating("1", Collections.nCopies(i, termDone()).toArray(Step[]::new)));
      }
      awaitWritten(store);
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] = 0x5a;
    }
    Files.write(file, bytes);

    try (Store store = store(folder)) {
      store.put(opened("new"));

      await().untilAsserted(() -> assertThat(store.find("new")).contains(opened("new")));
      assertThat(store.recent(10)).containsExactly(opened("new"));
      assertThat(store.health().damaged()).isNotNull();
    }
  }

  @Test
  void leavesADatabaseOfANewerVersionAlone() throws Exception {
    Path file = folder.resolve(DatabaseFile.NAME);
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    try (Store store = store(folder)) {
      store.put(opened("1"));

      await().until(() -> !store.health().isGood());
      assertThat(store.health().problem()).contains("newer medicd");
      assertThat(file).exists();
    }
  }

  @Test
  void forgetsClosedIncidentsAfterTheRetention() throws IOException {
    try (Store store = store(folder)) {
      store.put(recovered("old", OPENED.plusSeconds(80)));
      store.put(opened("still open"));
      awaitWritten(store);

      now.set(OPENED.plus(Duration.ofDays(31)));
      store.put(opened("new"));
      awaitWritten(store);

      assertThat(store.find("old")).isEmpty();
      assertThat(store.find("still open")).isPresent();
      assertThat(store.audit(10))
          .extracting(AuditLine::incident)
          .containsExactly(""); // and that earlier ones have expired
    }
  }

  @Test
  void keepsWithinItsSizeByForgettingTheOldestClosedOnes() throws IOException {
    StoreSettings small =
        new StoreSettings(
            folder,
            Duration.ofDays(30),
            300_000,
            2_000,
            Duration.ofMillis(20),
            Duration.ofSeconds(30));
    try (Store store = new Store(small, now::get, Set.of())) {
      awaitWritten(store);
      for (int i = 0; i < 500; i++) {
        store.put(recovered("%04d".formatted(i), OPENED.plusSeconds(i)));
      }
      awaitWritten(store);
      now.set(OPENED.plus(Duration.ofHours(2)));
      store.put(opened("open"));
      awaitWritten(store);

      assertThat(store.find("0000")).isEmpty();
      assertThat(store.find("0499")).isPresent();
      assertThat(store.find("open")).isPresent();
    }
  }

  @Test
  void answersNothingAfterItWasClosed() {
    Store store = store(folder);
    store.close();

    assertThatThrownBy(() -> store.recent(1)).hasMessageContaining("closed");
  }
}
