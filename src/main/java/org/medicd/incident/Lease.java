package org.medicd.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medicd.fact.ProcessId;

/**
 * Processes that medicd holds stopped. A stopped process shows no symptom and is not cured, so its
 * condition is taken to hold while it is stopped, and after that until it has had time to show.
 */
final class Lease {
  private final List<ProcessId> stopped = new ArrayList<>();
  private Duration maskedUntil = Duration.ZERO;

  Lease(List<ProcessId> kept) {
    stopped.addAll(kept);
  }

  List<ProcessId> stopped() {
    return List.copyOf(stopped);
  }

  boolean isHeld() {
    return !stopped.isEmpty();
  }

  void hold(List<ProcessId> processes) {
    stopped.addAll(processes);
  }

  /** They run again; the condition shows by that time, or it is cured. */
  void undo(Duration shows) {
    if (isHeld()) {
      stopped.clear();
      maskedUntil = shows;
    }
  }

  /** Those who took the place of the stopped ones are not stopped. */
  void forget() {
    stopped.clear();
    maskedUntil = Duration.ZERO;
  }

  boolean masks(Sight sight) {
    return stopped.stream().anyMatch(sight.living()::contains)
        || (!sight.living().isEmpty() && sight.now().compareTo(maskedUntil) < 0);
  }
}
