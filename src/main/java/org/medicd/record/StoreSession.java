package org.medicd.record;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;

/**
 * What the store's thread does with the database: opens it when it is first needed and again after
 * a failure, replaces a damaged one, cleans up once an hour. For that thread alone, where not said
 * otherwise.
 */
final class StoreSession {
  private static final System.Logger LOG = System.getLogger(StoreSession.class.getName());
  private static final Duration CLEANING_PERIOD = Duration.ofHours(1);
  private static final Duration ANNOUNCED = Duration.ofMinutes(5);

  interface Question<T> {
    T ask(Database database) throws SQLException;
  }

  private final StoreSettings settings;
  private final InstantSource clock;
  private final Set<String> goingOn;
  private final DatabaseFile file;
  private @Nullable Database database;
  private boolean settled;
  private volatile @Nullable Path damaged;
  private volatile @Nullable AuditHead head;
  private @Nullable AuditHead announced;
  private @Nullable Instant announcedAt;
  private volatile Instant cleanedAt = Instant.MIN;

  StoreSession(StoreSettings settings, InstantSource clock, Set<String> goingOn) {
    this.settings = settings;
    this.clock = clock;
    this.goingOn = goingOn;
    this.file = DatabaseFile.in(settings.folder());
  }

  /** After a failure the file is opened, and thereby checked, anew. */
  <T> T read(Question<T> question) throws SQLException, IOException {
    try {
      return question.ask(database());
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** The open database. A damaged file is moved aside and a new one begun, loudly. */
  private Database database() throws SQLException, IOException {
    Database open = database;
    if (open == null) {
      try {
        open = Database.open(file.path());
      } catch (SQLException e) {
        if (!Database.isDamage(e)) {
          throw e;
        }
        replaceDamaged(e);
        open = Database.open(file.path());
        open.note(clock.instant(), "begun", "anew: a damaged store was moved to " + damaged);
      }
      database = open;
      withdrawForgotten(open);
    }
    return open;
  }

  /** Once: those that an earlier run left open, and of which nothing else is known any more. */
  private void withdrawForgotten(Database open) throws SQLException {
    if (settled) {
      return;
    }
    Instant now = clock.instant();
    for (Incident incident : open.notClosed()) {
      if (!goingOn.contains(incident.id())) {
        boolean real = incident.mode() != Mode.SHADOW;
        String why = real ? "the host was rebooted" : "medicd was started anew";
        open.put(incident.withdrawn(why, now), now);
      }
    }
    open.commit();
    settled = true;
  }

  private void replaceDamaged(SQLException e) throws IOException {
    Path aside = file.moveAside(clock.instant());
    damaged = aside;
    LOG.log(
        System.Logger.Level.ERROR,
        "the store {0} is damaged ({1}); it was moved to {2} and a new one begun:"
            + " earlier incidents are missing from lists and reports",
        file.path(),
        e.getMessage(),
        aside);
  }

  /**
   * Writes all or nothing.
   *
   * @return how many were passed over because they cannot be written on any disk
   */
  int write(List<Pending.Entry> batch) throws SQLException, IOException {
    int unwritable = 0;
    try {
      Database open = database();
      for (Pending.Entry entry : batch) {
        try {
          entry.write(open);
        } catch (RuntimeException e) {
          unwritable++;
          LOG.log(System.Logger.Level.ERROR, "cannot store " + entry, e);
        }
      }
      open.commit();
      if (isCleaningDue()) {
        Instant now = clock.instant();
        cleanedAt = now;
        open.clean(now.minus(settings.retention()), settings.maxBytes(), now);
      }
      head = open.head();
      announceHead(ANNOUNCED);
      return unwritable;
    } catch (SQLException | IOException e) {
      close();
      if (e instanceof SQLException sql && Database.isDamage(sql)) {
        replaceDamaged(sql);
      }
      throw e;
    }
  }

  /**
   * Says in the log where the audit trail ends, for whom checks it later.
   *
   * @param spacing not so soon after the last time
   */
  void announceHead(Duration spacing) {
    AuditHead now = head;
    Instant at = clock.instant();
    boolean due =
        announcedAt == null
            || at.isBefore(announcedAt) // the clock was set back
            || !at.isBefore(announcedAt.plus(spacing));
    if (now != null && !now.equals(announced) && due) {
      LOG.log(System.Logger.Level.INFO, "the audit trail ends at " + now.text());
      announced = now;
      announcedAt = at;
    }
  }

  /** For any thread: the end of the audit trail that the disk has; null: not known yet. */
  @Nullable AuditHead head() {
    return head;
  }

  /** For any thread. A clock that was set back does not put it off. */
  boolean isCleaningDue() {
    Instant now = clock.instant();
    return now.isBefore(cleanedAt)
        || cleanedAt.equals(Instant.MIN)
        || Duration.between(cleanedAt, now).compareTo(CLEANING_PERIOD) >= 0;
  }

  /** For any thread: where the last damaged database went. */
  @Nullable Path damaged() {
    return damaged;
  }

  /** For any thread: a failure in words, with the file and what can be done. */
  String describe(Throwable e) {
    return "the store "
        + file.path()
        + " cannot be used: "
        + (e instanceof SQLException ? e.getMessage() : e.toString())
        + " (is there space, and may medicd write to the folder?)";
  }

  /** Undoes what was not committed. */
  void close() {
    Database open = database;
    database = null;
    try {
      if (open != null) {
        open.rollback();
        open.close();
      }
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the store: {0}", e.getMessage());
    }
  }
}
