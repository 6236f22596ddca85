package org.medicd.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about an incident that people should know.
 *
 * @param id unique, the same after a restart: what was told already is known by it
 * @param kind what happened
 * @param incident as it was then
 * @param host name of this host
 * @param mode the furthest that medicd went then
 * @param pause who paused it; null: nobody
 * @param auditHead where the audit trail ended before this, in words; null: not known
 * @param at when it happened
 */
public record Notice(
    String id,
    Kind kind,
    Incident incident,
    String host,
    Mode mode,
    @Nullable Pause pause,
    @Nullable String auditHead,
    Instant at) {
  /** What happened to the incident; what matters more to people comes later. */
  public enum Kind {
    /** A rung was taken, refused or rehearsed. */
    STEP,
    /** It was opened. */
    OPENED,
    /** It is open still. */
    REMINDER,
    /** Its last rung did not help. */
    EXHAUSTED,
    /** Its ladder came to the rung that calls a person. */
    PAGED,
    /** Its next rung waits for a person who allows it. */
    ASKED,
    /** It is over. */
    CLOSED
  }

  /**
   * A person must see to it though the incident is closed: it was as it began, and nobody will hear
   * of an end.
   */
  public boolean isCall() {
    return kind == Kind.PAGED && incident.isRemark();
  }

  /** The same of which more is known: how it stands later, and what mattered most meanwhile. */
  public Notice followedBy(Notice later) {
    Kind worst = later.kind.compareTo(kind) > 0 ? later.kind : kind;
    return new Notice(
        later.id,
        worst,
        later.incident,
        later.host,
        later.mode,
        later.pause,
        later.auditHead,
        later.at);
  }
}
