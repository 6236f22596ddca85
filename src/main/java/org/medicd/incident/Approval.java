package org.medicd.incident;

import org.jspecify.annotations.Nullable;
import org.medicd.plan.Step;

/** Who said yes to the rung that is next, if anybody did. */
final class Approval {
  private @Nullable String by;

  void give(String who) {
    by = who;
  }

  /** The next rung needs one of its own. */
  void spend() {
    by = null;
  }

  boolean isGiven() {
    return by != null;
  }

  /** Puts it before what else is to be said of a step. */
  @Nullable String before(@Nullable String detail) {
    if (by == null) {
      return detail;
    }
    String approval = Step.APPROVED_BY + by;
    return detail == null ? approval : approval + "; " + detail;
  }
}
