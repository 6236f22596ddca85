package org.medicd.daemon;

import java.util.ArrayList;
import java.util.List;
import org.medicd.guard.Guards;
import org.medicd.guard.Situation;
import org.medicd.incident.Incidents;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** The way from what the rules hold to what may be done about it. */
public final class Decision {
  private Decision() {}

  /** Looks again at every incident; returns the rungs that are due and that no guard objects to. */
  public static List<Intent> allowed(Incidents incidents, Guards guards, Situation situation) {
    List<Intent> allowed = new ArrayList<>();
    for (Intent intent :
        incidents.consider(situation.assessed(), situation.seen(), situation.now())) {
      Verdict verdict = guards.judge(intent, situation);
      incidents.judged(intent, verdict, situation.seen(), situation.now());
      if (verdict instanceof Verdict.Allowed) {
        allowed.add(intent);
      }
    }
    return allowed;
  }
}
