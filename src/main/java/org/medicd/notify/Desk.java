package org.medicd.notify;

import java.time.Duration;
import java.util.Optional;
import org.medicd.plan.Notice;

/**
 * What people may do from where they are told: the same as with the command, by the same code, and
 * in the audit trail by the same name. Answers within seconds.
 */
public interface Desk {
  /**
   * What came of it.
   *
   * @param done false: nothing was changed
   * @param text what was done, or why not
   */
  record Answer(boolean done, String text) {}

  /** Name of this host. */
  String host();

  /** How an incident stands now; empty: nothing is known of it. */
  Optional<Notice> now(String incident);

  /**
   * Says yes to a rung.
   *
   * @param rung index of the step that is meant: a later one was not seen by who answers
   */
  Answer approve(String incident, int rung, String who);

  /** Says no to it. */
  Answer deny(String incident, int rung, String who);

  /** Nothing is done about what is the matter with this one for a while, and nobody is told. */
  Answer silence(String incident, Duration length, String who);

  /** Nothing is done at all until medic resume. */
  Answer pause(String who);

  /** What is known of the process that it is about. */
  Answer why(String incident, String who);

  /** Somebody wanted that, and it was not done. */
  void refused(String what, String incident, String who, String why);
}
