package org.medicd.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The audit trail of a store, read beside the daemon that may be writing it, or without one. */
public final class AuditFile implements AutoCloseable {
  private final Connection connection;
  private final AuditTable table;

  private AuditFile(Connection connection, AuditTable table) {
    this.connection = connection;
    this.table = table;
  }

  /**
   * @param state the daemon's state folder
   * @throws IOException where there is none that can be read, with the reason
   */
  public static AuditFile open(Path state) throws IOException {
    Path file = DatabaseFile.in(state).path();
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no store");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(2_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    try {
      Connection connection = source.getConnection();
      try {
        connection.setAutoCommit(false); // all that is read is of one moment
        return new AuditFile(connection, AuditTable.of(connection));
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("the store " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The latest lines of one incident, or of all (""), newest first. */
  public List<AuditLine> latest(int limit, String incident) throws IOException {
    try {
      return table.latest(limit, incident);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Checks every line.
   *
   * @param announced a head that somebody noted; seq 0: none
   */
  public AuditReport verify(AuditHead announced) throws IOException {
    try {
      return table.verify(announced);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
