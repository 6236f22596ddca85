package org.medicd.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

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

  /** Says yes to the rung that waits for a person. */
  Reply approve(String id);

  /** Says no to it. */
  Reply deny(String id);

  /** Nothing is done until {@link #resume}; leases are undone. */
  Reply pause();

  Reply resume();

  /** Reads configuration and rules anew. */
  Reply reload();
}
