package org.medicd.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The audit trail in the database: a chain, in which each line's hash covers all before it. Old
 * lines go from its beginning only. That they went is a line itself, and the anchor keeps the hash
 * from which the rest goes on; so a line that somebody else took away, changed or added is found.
 */
final class AuditTable {
  static final String EXPIRED = "expired";
  private static final String COLUMNS =
      "SELECT seq, at_ms, incident, what, detail, hash FROM audit";
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE audit (
            seq INTEGER PRIMARY KEY,
            at_ms INTEGER NOT NULL,
            incident TEXT NOT NULL,
            what TEXT NOT NULL,
            detail TEXT NOT NULL,
            hash TEXT NOT NULL)""",
          "CREATE INDEX audit_incident ON audit (incident)",
          "CREATE TABLE audit_anchor (seq INTEGER NOT NULL, hash TEXT NOT NULL)",
          "INSERT INTO audit_anchor VALUES (0, '" + AuditLine.BEGINNING + "')",
          """
          CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END""",
          """
          CREATE TRIGGER audit_expires_from_its_beginning BEFORE DELETE ON audit
          WHEN OLD.seq > (SELECT seq FROM audit_anchor)
          BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END""");

  private final Connection connection;
  private AuditHead head;

  private AuditTable(Connection connection, AuditHead head) {
    this.connection = connection;
    this.head = head;
  }

  /** Of a database that has the table. */
  static AuditTable of(Connection connection) throws SQLException {
    AuditTable table = new AuditTable(connection, anchor(connection));
    List<AuditLine> last = table.lines(COLUMNS + " ORDER BY seq DESC LIMIT 1");
    table.head = last.isEmpty() ? table.head : last.get(0).head();
    return table;
  }

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : TABLES) {
        statement.execute(sql);
      }
    }
  }

  /** Chains the lines of a store of before there were hashes, as they are. */
  static void chainOld(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE audit RENAME TO audit_old");
      statement.execute("DROP INDEX audit_incident");
    }
    create(connection);
    AuditTable table = of(connection);
    try (Statement statement = connection.createStatement();
        ResultSet old = statement.executeQuery("SELECT * FROM audit_old ORDER BY seq")) {
      while (old.next()) {
        Instant at = Instant.ofEpochMilli(old.getLong("at_ms"));
        table.add(at, old.getString("incident"), old.getString("what"), old.getString("detail"));
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE audit_old");
    }
  }

  AuditHead head() {
    return head;
  }

  void add(Instant at, String incident, String what, String detail) throws SQLException {
    Instant millis = Instant.ofEpochMilli(at.toEpochMilli());
    AuditLine line = AuditLine.after(head.hash(), head.seq() + 1, millis, incident, what, detail);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)")) {
      Database.bind(insert, line.seq(), millis.toEpochMilli(), incident, what, detail, line.hash());
      insert.executeUpdate();
    }
    head = line.head();
  }

  /** Takes lines of before away, up to the first that is not. */
  void expire(Instant before, Instant now) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT COALESCE(MIN(seq), (SELECT MAX(seq) + 1 FROM audit)) FROM audit"
                + " WHERE at_ms >= ?")) {
      Database.bind(query, before.toEpochMilli());
      removeBelow(Database.number(query.executeQuery()), "older than " + before, now);
    }
  }

  /** Takes the oldest lines away; returns how many. */
  int expireOldest(int count, Instant now) throws SQLException {
    List<AuditLine> oldest = lines(COLUMNS + " ORDER BY seq LIMIT " + (count + 1));
    return oldest.size() <= count
        ? 0
        : removeBelow(oldest.get(count).seq(), "the store was too large", now);
  }

  private int removeBelow(long seq, String why, Instant now) throws SQLException {
    List<AuditLine> last = lines(COLUMNS + " WHERE seq < ? ORDER BY seq DESC LIMIT 1", seq);
    if (last.isEmpty()) {
      return 0;
    }
    add(now, "", EXPIRED, expiry(last.get(0).head()) + ": " + why);
    try (PreparedStatement anchor =
            connection.prepareStatement("UPDATE audit_anchor SET seq = ?, hash = ?");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM audit WHERE seq <= ?")) {
      Database.bind(anchor, last.get(0).seq(), last.get(0).hash());
      anchor.executeUpdate();
      Database.bind(delete, last.get(0).seq());
      return delete.executeUpdate();
    }
  }

  /** What the line about an expiry begins with; the check compares it with the anchor. */
  private static String expiry(AuditHead last) {
    return "lines up to " + last.seq() + " (" + last.hash() + ")";
  }

  /** The latest lines of one incident, or of all, newest first. */
  List<AuditLine> latest(int limit, String incident) throws SQLException {
    return lines(COLUMNS + " WHERE ? IN ('', incident) ORDER BY seq DESC LIMIT ?", incident, limit);
  }

  /**
   * Checks every line.
   *
   * @param announced a head that somebody noted; seq 0: none
   */
  AuditReport verify(AuditHead announced) throws SQLException {
    AuditHead anchor = anchor(connection);
    AuditCheck check = new AuditCheck(anchor, announced);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS + " ORDER BY seq")) {
      while (rows.next()) {
        AuditLine line = line(rows);
        check.see(line, line.detail().startsWith(expiry(anchor) + ": "));
      }
    }
    return check.report();
  }

  private static AuditHead anchor(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT seq, hash FROM audit_anchor")) {
      return row.next()
          ? new AuditHead(row.getLong(1), row.getString(2))
          : new AuditHead(0, AuditLine.BEGINNING);
    }
  }

  private List<AuditLine> lines(String sql, Object... values) throws SQLException {
    List<AuditLine> lines = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Database.bind(query, values);
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        lines.add(line(rows));
      }
    }
    return lines;
  }

  private static AuditLine line(ResultSet row) throws SQLException {
    return new AuditLine(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
