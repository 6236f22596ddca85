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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.sqlite.SQLiteDataSource;

/** The SQLite file: the only place with SQL. For one thread; every method may block on the disk. */
final class Database implements AutoCloseable {
  private static final int SCHEMA = 1;
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
          "CREATE INDEX incident_closed ON incident (closed_ms)",
          """
          CREATE TABLE audit (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            at_ms INTEGER NOT NULL,
            incident TEXT NOT NULL,
            what TEXT NOT NULL,
            detail TEXT NOT NULL)""",
          "CREATE INDEX audit_incident ON audit (incident)",
          "PRAGMA user_version = " + SCHEMA);

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
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
      }
      connection.commit();
    }
  }

  /** Writes one snapshot and what it adds to the audit trail; to be followed by a commit. */
  void put(Incident incident, Instant at) throws SQLException {
    String json = Json.write(incident);
    Incident before = find(incident.id()).orElse(null);
    try (PreparedStatement audit =
        connection.prepareStatement(
            "INSERT INTO audit (at_ms, incident, what, detail) VALUES (?, ?, ?, ?)")) {
      for (AuditTrail.Entry entry : AuditTrail.between(before, incident, at)) {
        bind(audit, entry.at().toEpochMilli(), incident.id(), entry.what(), entry.detail());
        audit.executeUpdate();
      }
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

  /** The latest lines, newest first. */
  List<AuditLine> audit(int limit) throws SQLException {
    List<AuditLine> lines = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT seq, at_ms, incident, what, detail FROM audit ORDER BY seq DESC LIMIT ?")) {
      bind(query, limit);
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        lines.add(
            new AuditLine(
                rows.getLong(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5)));
      }
    }
    return lines;
  }

  /** Deletes closed incidents and their audit lines: those from before, then the oldest. */
  void clean(Instant before, long maxBytes) throws SQLException {
    delete("closed_ms < ?", before.toEpochMilli());
    while (usedBytes() > maxBytes
        && delete(
                "id IN (SELECT id FROM incident WHERE closed_ms IS NOT NULL"
                    + " ORDER BY closed_ms LIMIT ?)",
                100)
            > 0) {
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
    String sql =
        "DELETE FROM audit WHERE incident IN (SELECT id FROM incident WHERE " + which + ")";
    try (PreparedStatement audit = connection.prepareStatement(sql);
        PreparedStatement incident =
            connection.prepareStatement("DELETE FROM incident WHERE " + which)) {
      bind(audit, value);
      audit.executeUpdate();
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

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static long number(ResultSet row) throws SQLException {
    return row.getLong(1);
  }

  private static @Nullable String text(ResultSet row) throws SQLException {
    return row.getString(1);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
