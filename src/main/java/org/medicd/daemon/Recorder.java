package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Post;
import org.medicd.record.Journal;
import org.medicd.record.Store;

/**
 * Keeps every change of an incident: in the journal before anything is done about it, in the store
 * as soon as the disk takes it, and for a day in memory. Belongs to the tick's thread, but for
 * {@link #recent}.
 */
final class Recorder {
  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
  private static final Duration REMEMBERED = Duration.ofHours(24);
  private static final int MOST_REMEMBERED = 1_000;
  private static final long LARGE_JOURNAL_BYTES = 4L << 20;

  private final Journal journal;
  private final Store store;
  private final Slices slices;
  private final Map<String, Incident> remembered = new LinkedHashMap<>();
  private volatile List<Incident> recent = List.of();

  Recorder(Journal journal, Store store, Slices slices, Collection<Incident> kept) {
    this.slices = slices;
    this.journal = journal;
    this.store = store;
    kept.forEach(each -> remembered.put(each.id(), each));
    kept.forEach(slices::see);
    recent = List.copyOf(remembered.values());
  }

  /**
   * Keeps it, and what people are to be told of it.
   *
   * @return false: it could not be journalled; what it intends must not be done
   */
  boolean record(Incident incident, List<Post> posts) {
    remembered.remove(incident.id());
    remembered.put(incident.id(), incident);
    boolean journalled = append(incident, posts);
    store.put(
        incident, posts); // after the journal: what only the store knew, a later daemon would not
    slices.see(incident);
    return journalled;
  }

  private boolean append(Incident incident, List<Post> posts) {
    try {
      journal.append(incident, posts.stream().map(Post::mention).toList());
      return true;
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the journal cannot be written, medicd does not act: " + e.getMessage());
      return false;
    }
  }

  /** Forgets what is old, and writes the journal anew once it is large. */
  void tidy(Instant now) {
    Instant oldest = now.minus(REMEMBERED);
    remembered
        .values()
        .removeIf(each -> each.closedAt() != null && each.closedAt().isBefore(oldest));
    int tooMany = remembered.size() - MOST_REMEMBERED;
    if (tooMany > 0) {
      List<String> closed =
          remembered.values().stream()
              .filter(each -> each.state().isClosed())
              .limit(tooMany)
              .map(Incident::id)
              .toList();
      closed.forEach(remembered::remove);
    }
    recent = List.copyOf(remembered.values());
    if (journal.sizeBytes() > LARGE_JOURNAL_BYTES) {
      try {
        journal.rewrite(remembered.values());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the journal cannot be made smaller: " + e.getMessage());
      }
    }
  }

  /** As it was recorded last; null: never, or long ago. */
  @Nullable Incident last(String id) {
    return remembered.get(id);
  }

  /** Open ones, and closed ones of the last day, as of the last tick in which one changed. */
  List<Incident> recent() {
    return recent;
  }

  /** Where the evidence of an incident is, its recording too; null where there is none. */
  @Nullable String evidenceOf(String incident) {
    return slices.folderOf(incident);
  }

  Store store() {
    return store;
  }
}
