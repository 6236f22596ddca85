package org.medicd.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The guards' answer to an intent. */
public sealed interface Verdict {
  /** As it is told to people. */
  String words();

  /** Whether it says nothing new: a refusal whose reason counts down ("14 s left") is one. */
  default boolean isSameAs(Verdict other) {
    return this instanceof Refused a && other instanceof Refused b
        ? a.guard.equals(b.guard) && a.forGood == b.forGood
        : equals(other);
  }

  /** Go ahead. */
  record Allowed() implements Verdict {
    @Override
    public String words() {
      return "allowed";
    }
  }

  /**
   * Not now, or never.
   *
   * @param guard who said so
   * @param why in words, with the figure it stands on
   * @param forGood true: asking again is in vain, the ladder goes on to its next rung
   */
  record Refused(String guard, String why, boolean forGood) implements Verdict {
    @Override
    public String words() {
      return "refused by " + guard + ": " + why;
    }
  }

  /**
   * A person must say yes first.
   *
   * @param timeout after so long without an answer the ladder goes on without it; null: never
   */
  record AwaitingApproval(@Nullable Duration timeout) implements Verdict {
    @Override
    public String words() {
      return "waits for a person's approval";
    }
  }

  /** Would have been allowed; the ladder goes on as if it had been done. */
  record Rehearsed(String why) implements Verdict {
    @Override
    public String words() {
      return "only rehearsed: " + why;
    }
  }
}
