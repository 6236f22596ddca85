package org.medicd.daemon.chronicle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Happening;

/**
 * Something that happened, and who is told of it.
 *
 * @param happening what
 * @param told by which channels people hear of it, in words; empty: by none, as of most rungs
 * @param auditHead where the audit trail ended before this, in words; null: not known
 * @param at when
 */
public record Entry(Happening happening, String told, @Nullable String auditHead, Instant at) {
  private static final String SILENCED = "silenced";

  /**
   * What happened at one time, in order. By which channels people hear of that stands once: with
   * the opening, or with what came last.
   *
   * @param channels their names
   * @param silenced a person wants to hear nothing of it
   */
  public static List<Entry> of(
      List<Happening> happenings,
      List<String> channels,
      boolean silenced,
      @Nullable String auditHead,
      Instant at) {
    String told = channels.isEmpty() ? "" : "told: " + String.join(", ", channels);
    int last = happenings.size() - 1;
    boolean opens = !happenings.isEmpty() && happenings.get(0).kind() == Happening.Kind.OPENED;
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      boolean here = i == (opens ? 0 : last);
      String whom = here && !told.isEmpty() ? told : silenced ? SILENCED : "";
      entries.add(new Entry(happenings.get(i), whom, auditHead, at));
    }
    return List.copyOf(entries);
  }
}
