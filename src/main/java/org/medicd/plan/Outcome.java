package org.medicd.plan;

/** What became of an action that was allowed. */
public sealed interface Outcome {
  /** As it is told to people. */
  String words();

  /** Whether it may have changed something: done, or nobody knows. */
  default boolean mayHaveActed() {
    return this instanceof Done || this instanceof InDoubt || this instanceof TimedOut;
  }

  /** Carried out. Whether it cured is seen by looking again. */
  record Done(String detail) implements Outcome {
    @Override
    public String words() {
      return with("done", detail);
    }
  }

  /** Whom it was meant for is no longer there. */
  record Vanished(String why) implements Outcome {
    @Override
    public String words() {
      return with("vanished", why);
    }
  }

  /** The kernel or systemd refused, or it ended badly. */
  record Failed(String why) implements Outcome {
    @Override
    public String words() {
      return with("failed", why);
    }
  }

  /** It did not end before its deadline. */
  record TimedOut(String why) implements Outcome {
    @Override
    public String words() {
      return with("timed out", why);
    }
  }

  /** The daemon died between the intent and the outcome. */
  record InDoubt(String why) implements Outcome {
    @Override
    public String words() {
      return with("in doubt", why);
    }
  }

  /** A word and, where there is one, its reason. */
  private static String with(String word, String reason) {
    return reason.isBlank() ? word : word + ": " + reason;
  }
}
