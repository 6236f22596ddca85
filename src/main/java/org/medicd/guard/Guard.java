package org.medicd.guard;

import java.util.Optional;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Holds an intent back for one kind of reason. */
interface Guard {
  /** Empty: nothing against it. */
  Optional<Verdict> judge(Intent intent, Situation situation);
}
