package org.medicd.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running daemon answers and does for people. Called on the API's threads: answers must not
 * wait for the tick, and wait for the disk only within a deadline.
 */
public interface Daemon {
  StatusView status();

  /**
   * Open incidents, or all that are remembered, newest first.
   *
   * @throws IOException where the store does not answer
   */
  List<IncidentView> incidents(boolean all) throws IOException;

  /** What rules in shadow would have opened: those open now, or all of the last while. */
  List<IncidentView> shadows(boolean all);

  /**
   * One incident, open or closed.
   *
   * @throws IOException where the store does not answer
   */
  Optional<IncidentView> incident(String id) throws IOException;

  /** What is known of a process; empty where none has this pid. */
  Optional<WhyView> why(int pid);

  /**
   * Says yes to the rung that waits for a person.
   *
   * @param who says so
   */
  Reply approve(String id, String who);

  /** Says no to it. */
  Reply deny(String id, String who);

  /** Nothing is done until {@link #resume}, whatever is restarted; leases are undone. */
  Reply pause(String who, @Nullable String reason);

  /** Ends a pause, and what the circuit breaker holds back. */
  Reply resume(String who);

  /**
   * Nothing is done about some incidents for a while, and nobody is told of them.
   *
   * @param match patterns, all of which must match
   * @param length as 2h
   */
  Reply silence(List<String> match, @Nullable String length, String who, @Nullable String reason);

  /** Ends a silence before its time. */
  Reply unsilence(String id, String who);

  /** Reads configuration and rules anew. */
  Reply reload(String who);
}
