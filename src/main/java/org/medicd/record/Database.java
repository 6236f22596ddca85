package org.medicd.record;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.sqlite.SQLiteDataSource;

/** The SQLite file. For one thread; every method may block on the disk. */
final class Database implements AutoCloseable {
  private static final int SCHEMA = 3;
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE incident (
            id TEXT PRIMARY KEY,
            diagnosis TEXT NOT NULL,
            rule TEXT NOT NULL,
            severity TEXT NOT NULL,
            state TEXT NOT NULL,
            subject_kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            comm TEXT,
            unit TEXT,
            opened_ms INTEGER NOT NULL,
            closed_ms INTEGER,
            json TEXT NOT NULL)""",
          "CREATE INDEX incident_opened ON incident (opened_ms)",
          "CREATE INDEX incident_closed ON incident (closed_ms)");

  private final Connection connection;
  private final OutboxTable outbox;
  private @Nullable AuditTable audit;

  private Database(Connection connection) {
    this.connection = connection;
    this.outbox = new OutboxTable(connection);
  }

  /**
   * Opens the file, or begins a new one that only its owner can read.
   *
   * @throws SQLException also where the file is damaged: see {@link #isDamage}
   */
  static Database open(Path file) throws SQLException, IOException {
    if (Files.notExists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    Database database = new Database(source.getConnection());
    try {
      database.prepare();
      return database;
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  /** The file itself is at fault (SQLITE_CORRUPT, SQLITE_NOTADB), not the disk or its rights. */
  static boolean isDamage(SQLException e) {
    int primary = e.getErrorCode() & 0xff;
    return primary == 11 || primary == 26;
  }

  private void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 2000");
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      String sound = text(statement.executeQuery("PRAGMA quick_check(1)"));
      if (!"ok".equals(sound)) {
        throw new SQLException("the database is damaged: " + sound, null, 11);
      }
      long version = number(statement.executeQuery("PRAGMA user_version"));
      if (version > SCHEMA) {
        throw new SQLException(
            "it was written by a newer medicd (schema %d, this one knows %d)"
                .formatted(version, SCHEMA));
      }
      connection.setAutoCommit(false);
      if (version == 0) {
        for (String sql : TABLES) {
          statement.execute(sql);
        }
        AuditTable.create(connection);
      } else if (version == 1) {
        AuditTable.chainOld(connection);
      }
      if (version < 3) {
        OutboxTable.create(connection);
      }
      statement.execute("PRAGMA user_version = " + SCHEMA);
      connection.commit();
      audit = AuditTable.of(connection);
    }
  }

  OutboxTable outbox() {
    return outbox;
  }

  private AuditTable audit() {
    return Objects.requireNonNull(audit, "before it was prepared");
  }

  /** Adds a line about medicd itself to the audit trail; to be followed by a commit. */
  void note(Instant at, String what, String detail) throws SQLException {
    audit().add(at, "", what, detail);
  }

  /** The end of the audit trail, as far as it is written; committed or not. */
  AuditHead head() {
    return audit().head();
  }

  /** Writes one snapshot and what it adds to the audit trail; to be followed by a commit. */
  void put(Incident incident, Instant at) throws SQLException {
    String json = Json.write(incident);
    Incident before = find(incident.id()).orElse(null);
    for (AuditTrail.Entry entry : AuditTrail.between(before, incident, at)) {
      audit().add(entry.at(), incident.id(), entry.what(), entry.detail());
    }
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO incident VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      Instant closedAt = incident.closedAt();
      bind(
          upsert,
          incident.id(),
          incident.diagnosis(),
          incident.rule(),
          Tag.of(incident.severity()),
          Tag.of(incident.state()),
          incident.patient().subject().kind(),
          incident.patient().subject().toString(),
          incident.patient().comm(),
          incident.patient().unit(),
          incident.openedAt().toEpochMilli(),
          closedAt == null ? null : closedAt.toEpochMilli(),
          json);
      upsert.executeUpdate();
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  Optional<Incident> find(String id) throws SQLException {
    return incidents("SELECT json FROM incident WHERE id = ?", id).stream().findFirst();
  }

  /** The latest by time of opening, newest first. */
  List<Incident> recent(int limit) throws SQLException {
    return incidents("SELECT json FROM incident ORDER BY opened_ms DESC, id DESC LIMIT ?", limit);
  }

  /** All that are open as far as the disk knows. */
  List<Incident> notClosed() throws SQLException {
    return incidents("SELECT json FROM incident WHERE closed_ms IS NULL");
  }

  private List<Incident> incidents(String sql, Object... values) throws SQLException {
    List<Incident> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      bind(query, values);
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        try {
          found.add(Json.read(rows.getString(1), Incident.class));
        } catch (JsonParseException e) {
          System.getLogger(Database.class.getName())
              .log(System.Logger.Level.WARNING, "passed over a stored incident: {0}", e);
        }
      }
    }
    return found;
  }

  /** The latest lines of the audit trail, newest first. */
  List<AuditLine> audit(int limit) throws SQLException {
    return audit().latest(limit, "");
  }

  /** Deletes closed incidents and lines of the audit trail: those from before, then the oldest. */
  void clean(Instant before, long maxBytes, Instant now) throws SQLException {
    delete("closed_ms < ?", before.toEpochMilli());
    audit().expire(before, now);
    outbox.expire(before);
    boolean more = true;
    while (more && usedBytes() > maxBytes) {
      int incidents =
          delete(
              "id IN (SELECT id FROM incident WHERE closed_ms IS NOT NULL"
                  + " ORDER BY closed_ms LIMIT ?)",
              100);
      more = incidents + audit().expireOldest(500, now) > 0;
      connection.commit();
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA incremental_vacuum"); // steps through all pages
    } finally {
      connection.setAutoCommit(false);
    }
  }

  private int delete(String which, Object value) throws SQLException {
    try (PreparedStatement incident =
        connection.prepareStatement("DELETE FROM incident WHERE " + which)) {
      bind(incident, value);
      return incident.executeUpdate();
    }
  }

  private long usedBytes() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long pages = number(statement.executeQuery("PRAGMA page_count"));
      long free = number(statement.executeQuery("PRAGMA freelist_count"));
      return (pages - free) * number(statement.executeQuery("PRAGMA page_size"));
    }
  }

  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** The first column of the first row, which is closed: an open one would lock its table. */
  static long number(ResultSet rows) throws SQLException {
    try (rows) {
      return rows.getLong(1);
    }
  }

  private static @Nullable String text(ResultSet rows) throws SQLException {
    try (rows) {
      return rows.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
