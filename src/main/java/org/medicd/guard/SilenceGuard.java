package org.medicd.guard;

import java.util.Optional;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Waits while a person silenced what the intent is about. What undoes harm goes on. */
final class SilenceGuard implements Guard {
  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    return intent.mends()
        ? Optional.empty()
        : Silences.about(situation.orders(), intent.diagnosis(), intent.rule(), intent.patient())
            .map(silence -> new Verdict.Refused("silence", silence.words(), false));
  }
}
