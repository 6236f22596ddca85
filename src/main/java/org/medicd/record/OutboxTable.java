package org.medicd.record;

import com.google.gson.JsonParseException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;

/**
 * What people are to be told, by which channel, and what became of it. What was delivered is kept
 * as long as its incident may be: it is not to be told again.
 */
final class OutboxTable {
  private static final System.Logger LOG = System.getLogger(OutboxTable.class.getName());
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE notice (
            id TEXT NOT NULL,
            channel TEXT NOT NULL,
            incident TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            letter TEXT,
            ended_ms INTEGER,
            outcome TEXT,
            json TEXT,
            PRIMARY KEY (id, channel))""",
          "CREATE INDEX notice_ended ON notice (ended_ms)",
          """
          CREATE TABLE thread (
            channel TEXT NOT NULL,
            incident TEXT NOT NULL,
            thread TEXT NOT NULL,
            over INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            PRIMARY KEY (channel, incident))""");

  /** What waits to be told includes the end. */
  private static final String ENDS =
      """
      SELECT thread.channel, incident.json FROM thread JOIN incident ON incident.id = thread.incident
      WHERE NOT thread.over AND incident.closed_ms IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM notice WHERE notice.incident = incident.id
        AND notice.channel = thread.channel AND notice.ended_ms IS NULL)
      ORDER BY incident.id""";

  private static final String OF_NONE_OPEN =
      " AND incident NOT IN (SELECT id FROM incident WHERE closed_ms IS NULL)";

  private final Connection connection;

  OutboxTable(Connection connection) {
    this.connection = connection;
  }

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : TABLES) {
        statement.execute(sql);
      }
    }
  }

  /** What is there already stays as it is. */
  void add(Post post) throws SQLException {
    Notice notice = post.notice();
    String json = Json.write(notice);
    for (String channel : post.channels()) {
      run(
          "INSERT OR IGNORE INTO notice VALUES (?, ?, ?, ?, NULL, NULL, NULL, ?)",
          notice.id(),
          channel,
          notice.incident().id(),
          notice.at().toEpochMilli(),
          json);
    }
  }

  void trying(String channel, String letter, List<String> notices) throws SQLException {
    for (String notice : notices) {
      run("UPDATE notice SET letter = ? WHERE id = ? AND channel = ?", letter, notice, channel);
    }
  }

  /**
   * They need not be told any more.
   *
   * @param outcome delivered, or why it was given up
   */
  void ended(String channel, List<String> notices, String outcome, Instant at) throws SQLException {
    for (String notice : notices) {
      run(
          "UPDATE notice SET ended_ms = ?, outcome = ?, json = NULL WHERE id = ? AND channel = ?",
          at.toEpochMilli(),
          outcome,
          notice,
          channel);
    }
  }

  void thread(String channel, String incident, Unsent.Thread thread, Instant at)
      throws SQLException {
    run(
        "INSERT OR REPLACE INTO thread VALUES (?, ?, ?, ?, ?)",
        channel,
        incident,
        thread.name(),
        thread.over(),
        at.toEpochMilli());
  }

  /** What was neither delivered nor given up. */
  Unsent unsent() throws SQLException {
    List<Unsent.Item> items = new ArrayList<>();
    Map<String, Notice> read = new HashMap<>(); // of a storm there are thousands for each channel
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, channel, letter, json FROM notice"
                    + " WHERE ended_ms IS NULL ORDER BY rowid")) {
      while (rows.next()) {
        try {
          String id = rows.getString(1);
          if (!read.containsKey(id)) {
            read.put(id, Json.read(rows.getString(4), Notice.class));
          }
          items.add(new Unsent.Item(rows.getString(2), read.get(id), rows.getString(3)));
        } catch (JsonParseException e) {
          LOG.log(Level.ERROR, "passed over a notice that nobody was told: {0}", e);
        }
      }
    }
    Map<String, Map<String, Unsent.Thread>> threads = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT channel, incident, thread, over FROM thread")) {
      while (rows.next()) {
        threads
            .computeIfAbsent(rows.getString(1), channel -> new HashMap<>())
            .put(rows.getString(2), new Unsent.Thread(rows.getString(3), rows.getBoolean(4)));
      }
    }
    return new Unsent(items, threads, ends());
  }

  private Map<String, List<Incident>> ends() throws SQLException {
    Map<String, List<Incident>> ends = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ENDS)) {
      while (rows.next()) {
        try {
          Incident incident = Json.read(rows.getString(2), Incident.class);
          ends.computeIfAbsent(rows.getString(1), channel -> new ArrayList<>()).add(incident);
        } catch (JsonParseException e) {
          LOG.log(Level.ERROR, "passed over an incident whose end nobody was told: {0}", e);
        }
      }
    }
    return ends;
  }

  /** Forgets what ended before that, but of incidents that are open. */
  void expire(Instant before) throws SQLException {
    run("DELETE FROM notice WHERE ended_ms < ?" + OF_NONE_OPEN, before.toEpochMilli());
    run("DELETE FROM thread WHERE at_ms < ?" + OF_NONE_OPEN, before.toEpochMilli());
  }

  private void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Database.bind(statement, values);
      statement.executeUpdate();
    }
  }
}
