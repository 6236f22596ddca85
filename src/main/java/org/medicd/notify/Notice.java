package org.medicd.notify;

import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Pause;

/**
 * Something about an incident that people should know.
 *
 * @param kind what happened
 * @param incident as it is now
 * @param host name of this host
 * @param mode the furthest that medicd goes at present
 * @param pause who paused it; null: nobody
 * @param auditHead where the audit trail ended before this, in words; null: not known
 */
public record Notice(
    Kind kind,
    Incident incident,
    String host,
    Mode mode,
    @Nullable Pause pause,
    @Nullable String auditHead) {
  /** What happened to the incident. */
  public enum Kind {
    /** It was opened. */
    OPENED,
    /** Its last rung did not help. */
    EXHAUSTED,
    /** Its ladder came to the rung that calls a person. */
    PAGED,
    /** It is over. */
    CLOSED
  }

  /** One line, without control characters. */
  public String subject() {
    return NoticeText.subject(this);
  }

  /** Plain text of some short lines, without other control characters than line ends. */
  public String text() {
    return NoticeText.text(this);
  }
}
