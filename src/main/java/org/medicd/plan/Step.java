package org.medicd.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one rung. A step that was allowed and has no outcome is under way, or was when the
 * daemon died.
 *
 * @param action what
 * @param verdict the guards' latest answer
 * @param outcome what came of it; null until then
 * @param at when the verdict was first given
 * @param detail what people should know beyond that; null: nothing
 */
public record Step(
    Action action,
    Verdict verdict,
    @Nullable Outcome outcome,
    Instant at,
    @Nullable String detail) {
  /** How the detail of a step begins that a person allowed. */
  public static final String APPROVED_BY = "approved by ";

  /** How the refusal of a step ends that a person denied. */
  public static final String SAID_NO = " said no";

  /** What became of it, as it is told to people. */
  public String words() {
    return outcome != null ? outcome.words() : isUnderWay() ? "under way" : verdict.words();
  }

  /** A person said yes or no to it. */
  public boolean isAnswered() {
    return (detail != null && detail.startsWith(APPROVED_BY))
        || (verdict instanceof Verdict.Refused refused && refused.why().endsWith(SAID_NO));
  }

  /** Allowed and not ended yet. */
  public boolean isUnderWay() {
    return verdict instanceof Verdict.Allowed && outcome == null;
  }

  /** Whether it may have changed something: done, or nobody knows. */
  public boolean mayHaveActed() {
    return outcome != null && outcome.mayHaveActed();
  }
}
