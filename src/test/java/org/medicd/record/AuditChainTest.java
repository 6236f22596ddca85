package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;
import static org.medicd.record.SampleIncident.termDone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit trail as a chain: what somebody did to it is found, what medicd does is not blamed. */
class AuditChainTest {
  private static final AuditHead NONE = new AuditHead(0, "");
  private static final String FREE =
      "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_expires_from_its_beginning; ";

  private volatile Instant now = OPENED;

  @TempDir Path folder;

  @BeforeEach
  void aTrail() throws IOException {
    try (Store store = store(folder, 1L << 28)) {
      store.note("started", "medicd, mode act");
      for (int i = 1; i <= 5; i++) {
        store.put(opened("" + i));
        store.put(recovered("" + i, OPENED.plusSeconds(80), termDone()));
      }
      store.note("pause", "by root: a deploy: paused");
    }
  }

  private Store store(Path where, long maxBytes) {
    return new Store(
        new StoreSettings(
            where,
            Duration.ofDays(30),
            maxBytes,
            1_000,
            Duration.ofMillis(20),
            Duration.ofSeconds(30)),
        () -> now,
        Set.of());
  }

  private AuditReport verify(AuditHead announced) throws IOException {
    try (AuditFile trail = AuditFile.open(folder)) {
      return trail.verify(announced);
    }
  }

  private void tamper(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("medicd.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void aTrailThatNobodyTouchedIsWhole() throws IOException {
    AuditReport report = verify(NONE);
    assertThat(report.finding()).isNull();
    assertThat(report.first()).isEqualTo(1);
    assertThat(report.lines()).isEqualTo(report.head().seq()).isGreaterThan(15);
    assertThat(verify(AuditHead.parse(report.head().text())).isSound()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "UPDATE audit SET detail = detail || ' ' WHERE seq = 3 ~ line 3 does not follow from line 2",
        "UPDATE audit SET what = 'resume' WHERE seq = 4 ~ line 4 does not follow",
        "UPDATE audit SET incident = '2' WHERE seq = 4 ~ line 4 does not follow",
        "UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 4 ~ line 4 does not follow",
        "UPDATE audit SET hash = '0' WHERE seq = 4 ~ line 4 does not follow",
        "UPDATE audit SET what = what || detail, detail = '' WHERE seq = 5 ~ line 5 does not follow",
        "DELETE FROM audit WHERE seq = 6 ~ line 7 does not follow from line 5",
        "DELETE FROM audit WHERE seq = 1 ~ line 2 does not follow from line 0",
        "INSERT INTO audit SELECT 1000, at_ms, incident, what, detail, hash FROM audit WHERE seq = 2 ~ line 1000 does not follow",
        "UPDATE audit SET seq = 900 WHERE seq = 7 ~ line 8 does not follow",
        "DELETE FROM audit WHERE seq < 4; UPDATE audit_anchor SET seq = 3 ~ line 4 does not follow",
      })
  void whatSomebodyDidToALineIsFound(String sql, String finding) throws Exception {
    tamper(FREE + sql);
    assertThat(verify(NONE).finding()).startsWith(finding);
  }

  @Test
  void linesThatSomebodyElseTookFromTheBeginningAreMissed() throws Exception {
    tamper(
        FREE
            + "UPDATE audit_anchor SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3);"
            + "DELETE FROM audit WHERE seq <= 3");
    assertThat(verify(NONE).finding())
        .isEqualTo("no line tells that those up to 3 have expired: somebody else removed them");
  }

  @Test
  void anEndThatWasCutOffIsFoundByTheAnnouncedHead() throws Exception {
    AuditHead head = verify(NONE).head();
    tamper(FREE + "DELETE FROM audit WHERE seq >= " + (head.seq() - 1));
    assertThat(verify(NONE).isSound()).isTrue();
    assertThat(verify(head).finding())
        .isEqualTo(
            "line %d was announced and the trail ends at %d: its end was cut off"
                .formatted(head.seq(), head.seq() - 2));
  }

  @Test
  void aTrailThatWasWrittenAnewIsFoundByTheAnnouncedHead() throws Exception {
    AuditHead head = verify(NONE).head();
    Files.delete(folder.resolve("medicd.db"));
    try (Store store = store(folder, 1L << 28)) {
      for (int i = 0; i < 40; i++) {
        store.note("pause", "by nobody");
      }
    }
    assertThat(verify(NONE).isSound()).isTrue();
    assertThat(verify(head).finding()).contains("the trail was rewritten");
  }

  @Test
  void theDatabaseItselfRefusesToChangeIt() {
    assertThatThrownBy(() -> tamper("UPDATE audit SET what = 'x' WHERE seq = 2"))
        .hasMessageContaining("only added to");
    assertThatThrownBy(() -> tamper("DELETE FROM audit WHERE seq = 1"))
        .hasMessageContaining("only added to");
  }

  @Test
  void whatExpiredIsNotMissed() throws IOException {
    AuditHead old = verify(NONE).head();
    now = OPENED.plus(Duration.ofDays(31));
    try (Store store = store(folder, 1L << 28)) {
      store.note("started", "medicd, mode act");
      await().until(() -> store.head() != null && store.audit(100).size() < 5);
    }
    AuditReport report = verify(NONE);
    assertThat(report.finding()).isNull();
    assertThat(report.first()).isGreaterThan(10);
    assertThat(verify(old).isSound()).isTrue();
    try (AuditFile trail = AuditFile.open(folder)) {
      String expired = "lines up to " + old.seq() + " (" + old.hash() + "): older than ";
      assertThat(trail.latest(2, "")).anyMatch(line -> line.detail().startsWith(expired));
    }
  }

  @Test
  void aStoreThatIsTooLargeForgetsItsOldestLinesAndIsStillWhole() throws IOException {
    try (Store store = store(folder, 64 << 10)) {
      for (int i = 0; i < 3_000; i++) {
        store.note("pause", "by root: " + i);
        if (i % 500 == 0) {
          now = now.plus(Duration.ofHours(2));
          await().until(() -> store.health().pending() == 0);
        }
      }
    }
    AuditReport report = verify(NONE);
    assertThat(report.finding()).isNull();
    assertThat(report.first()).isGreaterThan(100);
  }

  @Test
  void anyHistoryIsWhole() throws IOException {
    Random random = new Random(7);
    for (int run = 0; run < 20; run++) {
      try (Store store = store(folder, random.nextBoolean() ? 1L << 28 : 100 << 10)) {
        for (int i = random.nextInt(200); i >= 0; i--) {
          store.note("pause", "x".repeat(random.nextInt(300)));
          store.put(opened("r" + run + "-" + i));
        }
      }
      now = now.plus(Duration.ofHours(random.nextInt(200)));
      assertThat(verify(NONE).finding()).isNull();
    }
  }

  @Test
  void isWholeWhereverTheWriterWasStopped() throws IOException {
    try (Store store = store(folder, 1L << 28)) {
      for (int i = 0; i < 2_000; i++) {
        store.note("pause", "by root: " + i);
      }
      for (int copy = 0; copy < 20; copy++) {
        Path place = Files.createDirectory(folder.resolve("copy" + copy));
        // The log first: with an older log a database is what it was, as after a crash.
        for (String file : List.of("medicd.db-wal", "medicd.db")) {
          Path from = folder.resolve(file);
          if (Files.exists(from)) {
            Files.copy(from, place.resolve(file), StandardCopyOption.REPLACE_EXISTING);
          }
        }
        try (Store next = store(place, 1L << 28)) {
          next.note("started", "after a crash");
        }
        try (AuditFile trail = AuditFile.open(place)) {
          assertThat(trail.verify(NONE).finding()).isNull();
        }
      }
    }
  }

  @Test
  void isCheckedBesideADaemonThatWrites() throws IOException {
    try (Store store = store(folder, 1L << 28)) {
      for (int i = 0; i < 500; i++) {
        store.note("pause", "by root: " + i);
        if (i % 25 == 0) {
          assertThat(verify(NONE).finding()).isNull();
        }
      }
    }
  }

  @Test
  void aStoreOfBeforeThereWereHashesIsChained() throws Exception {
    Files.delete(folder.resolve("medicd.db"));
    tamper(
        """
        CREATE TABLE incident (id TEXT PRIMARY KEY, diagnosis TEXT NOT NULL, rule TEXT NOT NULL,
          severity TEXT NOT NULL, state TEXT NOT NULL, subject_kind TEXT NOT NULL,
          subject TEXT NOT NULL, comm TEXT, unit TEXT, opened_ms INTEGER NOT NULL,
          closed_ms INTEGER, json TEXT NOT NULL);
        CREATE TABLE audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL,
          incident TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE INDEX audit_incident ON audit (incident);
        INSERT INTO audit VALUES (4, %d, '1', 'opened', 'cpu-runaway');
        INSERT INTO audit VALUES (9, %d, '1', 'closed', 'recovered');
        PRAGMA user_version = 1
        """
            .formatted(OPENED.toEpochMilli(), OPENED.toEpochMilli() + 1));
    try (Store store = store(folder, 1L << 28)) {
      store.note("started", "medicd");
    }
    assertThat(verify(NONE).finding()).isNull();
    try (AuditFile trail = AuditFile.open(folder)) {
      assertThat(trail.latest(10, ""))
          .extracting(AuditLine::what)
          .containsExactly("started", "closed", "opened");
      assertThat(trail.latest(10, "1")).hasSize(2);
    }
  }

  @Test
  void anewTrailTellsWhatBecameOfADamagedOne() throws IOException {
    Files.writeString(folder.resolve("medicd.db"), "this is no database, whatever it was before");
    try (Store store = store(folder, 1L << 28)) {
      store.note("started", "medicd");
      await().until(() -> store.head() != null);
      assertThat(Objects.requireNonNull(store.health().damaged())).contains("damaged-");
    }
    assertThat(verify(NONE).isSound()).isTrue();
    try (AuditFile trail = AuditFile.open(folder)) {
      assertThat(trail.latest(10, "").get(1).detail())
          .startsWith("anew: a damaged store was moved to " + folder);
    }
  }

  @Test
  void headsAreReadAsTheyAreTold() {
    assertThat(AuditHead.parse("12:0123456789abcdef"))
        .isEqualTo(new AuditHead(12, "0123456789abcdef"));
    assertThatThrownBy(() -> AuditHead.parse("12")).hasMessageContaining("is no head");
    assertThatThrownBy(() -> AuditHead.parse("12:xyz")).hasMessageContaining("is no head");
  }
}
