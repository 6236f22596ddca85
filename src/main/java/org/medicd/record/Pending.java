package org.medicd.record;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medicd.plan.Incident;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;

/**
 * Snapshots that wait for the disk, oldest first, never more than a limit. When it is reached, only
 * the newest of each incident stays (it holds all that came before); when that is not enough, the
 * oldest goes. Not safe for threads.
 */
final class Pending {
  /** What waits. */
  interface Entry {
    /** Writes it; to be followed by a commit. */
    void write(Database database) throws SQLException;
  }

  /** An incident as it was then, and what people are to be told of it. */
  record Change(Incident incident, List<Post> posts, Instant at) implements Entry {
    @Override
    public void write(Database database) throws SQLException {
      database.put(incident, at);
      for (Post post : posts) {
        database.outbox().add(post);
      }
    }

    /** The later one holds all but what people are to be told of this one. */
    Change followedBy(Change later) {
      return new Change(
          later.incident, Stream.concat(posts.stream(), later.posts.stream()).toList(), later.at);
    }
  }

  /** A line of the audit trail about medicd itself. */
  record Note(Instant at, String what, String detail) implements Entry {
    @Override
    public void write(Database database) throws SQLException {
      database.note(at, what, detail);
    }
  }

  /** A letter of a channel is about to be tried. */
  record Tried(String channel, String letter, List<String> notices) implements Entry {
    @Override
    public void write(Database database) throws SQLException {
      database.outbox().trying(channel, letter, notices);
    }
  }

  /** Notices that need not be told any more. */
  record Ended(String channel, List<String> notices, String outcome, Instant at) implements Entry {
    @Override
    public void write(Database database) throws SQLException {
      database.outbox().ended(channel, notices, outcome, at);
    }
  }

  /** Where people were told of an incident. */
  record Threaded(String channel, String incident, Unsent.Thread thread, Instant at)
      implements Entry {
    @Override
    public void write(Database database) throws SQLException {
      database.outbox().thread(channel, incident, thread, at);
    }
  }

  private final int limit;
  private List<Entry> entries = new ArrayList<>();
  private long lost;

  Pending(int limit) {
    this.limit = limit;
  }

  void add(Entry entry) {
    entries.add(entry);
    shrink();
  }

  /** All that waits, to be written. */
  List<Entry> takeAll() {
    List<Entry> taken = entries;
    entries = new ArrayList<>();
    return List.copyOf(taken);
  }

  /** What could not be written comes before what has arrived since. */
  void putBack(List<Entry> taken) {
    entries.addAll(0, taken);
    shrink();
  }

  private void shrink() {
    if (entries.size() <= limit) {
      return;
    }
    Map<String, Change> newest = new HashMap<>();
    Deque<Entry> left = new ArrayDeque<>();
    for (Entry entry : entries) {
      if (entry instanceof Change change) {
        newest.merge(change.incident().id(), change, Change::followedBy);
      }
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      Entry kept = entry instanceof Change change ? newest.remove(change.incident().id()) : entry;
      if (kept != null) {
        left.addFirst(kept);
      }
    }
    while (left.size() > limit) {
      left.removeFirst();
      lost++;
    }
    entries = new ArrayList<>(left);
  }

  void countLost() {
    lost++;
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  long lost() {
    return lost;
  }
}
