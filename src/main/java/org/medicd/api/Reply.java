package org.medicd.api;

/**
 * The answer to a command.
 *
 * @param done false: nothing was changed
 * @param message what was done, or why not and what to do about it
 */
public record Reply(boolean done, String message) {
  public static Reply done(String message) {
    return new Reply(true, message);
  }

  public static Reply refused(String message) {
    return new Reply(false, message);
  }
}
