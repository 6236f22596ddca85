package org.medicd.notify;

import org.jspecify.annotations.Nullable;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/** One way to tell people. Used by one thread at a time. */
public interface Channel extends AutoCloseable {
  /** What it is called in the configuration, in logs and metrics. */
  String name();

  /** What matters less is not told this way. */
  Severity atLeast();

  /** Whether it tells of what mattered so little: a message for each rung is too much for most. */
  default boolean tells(Notice.Kind kind) {
    return kind != Notice.Kind.STEP;
  }

  /** The same of one notice, where its kind alone does not say it. */
  default boolean tells(Notice notice) {
    return tells(notice.kind());
  }

  /**
   * Delivers a letter; may take its time, or hang.
   *
   * @return what later letters of the same thread are to name it by, which may be another name than
   *     before; null: as before, and the first by its key
   * @throws DeliveryException if it was not, or not surely, delivered
   */
  @Nullable String deliver(Letter letter) throws DeliveryException;

  /** Told once, before the first letter. Must not wait. */
  default void begin() {}

  /** Lets go what it holds beside letters. Must not wait; may come twice. */
  @Override
  default void close() {}

  /** What a letter would look like, for people on a terminal. Sends nothing. */
  default String shown(Letter letter) {
    return LetterText.subject(letter) + "\n\n" + LetterText.text(letter);
  }
}
