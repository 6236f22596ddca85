package org.medicd.act;

import java.util.ArrayList;
import java.util.List;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Outcome;

/** What came of one action on several processes. */
final class Tally {
  private final String what;
  private final List<String> done = new ArrayList<>();
  private final List<String> vanished = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  /**
   * @param what was done, as "SIGTERM"
   */
  Tally(String what) {
    this.what = what;
  }

  void done(String whom) {
    done.add(whom);
  }

  void vanished(ProcessId whom) {
    vanished.add(whom.toString());
  }

  void failed(ProcessId whom, String why) {
    failed.add(whom + ": " + why);
  }

  Outcome outcome() {
    if (!failed.isEmpty()) {
      String rest = done.isEmpty() ? "" : "; " + what + " to " + done.size() + " others";
      return new Outcome.Failed(String.join("; ", failed) + rest);
    }
    if (done.isEmpty()) {
      return new Outcome.Vanished(String.join(", ", vanished) + " had ended before");
    }
    String gone = vanished.isEmpty() ? "" : "; " + vanished.size() + " had ended before";
    return new Outcome.Done(what + " to " + String.join(", ", done) + gone);
  }
}
