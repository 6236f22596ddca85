package org.medicd.guard;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medicd.config.IncidentMatch;
import org.medicd.config.MaintenanceWindow;
import org.medicd.config.WindowTimes;
import org.medicd.plan.Intent;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Patient;
import org.medicd.plan.Verdict;

/**
 * Waits while a maintenance window is open for what the intent is about. What undoes harm goes on.
 */
final class MaintenanceGuard implements Guard {
  private record Timed(MaintenanceWindow window, WindowTimes times) {}

  private final List<Timed> windows;

  /**
   * @param zone of the host
   */
  MaintenanceGuard(List<MaintenanceWindow> windows, ZoneId zone) {
    this.windows = windows.stream().map(window -> new Timed(window, window.times(zone))).toList();
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    if (intent.mends()) {
      return Optional.empty();
    }
    return open(situation.seen().at()).stream()
        .filter(each -> isAbout(each, intent.diagnosis(), intent.rule(), intent.patient()))
        .findFirst()
        .map(
            each -> new Verdict.Refused("maintenance", each.words() + ": it only observes", false));
  }

  /** Those that are open, in the order in which they are configured. */
  List<Maintenance> open(Instant now) {
    List<Maintenance> open = new ArrayList<>();
    for (Timed each : windows) {
      Instant until = each.times().openUntil(now);
      if (until != null) {
        open.add(new Maintenance(each.window().name(), each.window().match(), until));
      }
    }
    return open;
  }

  static boolean isAbout(Maintenance open, String diagnosis, String rule, Patient patient) {
    return open.match().isEmpty()
        || IncidentMatch.parse(open.match()).matches(diagnosis, rule, patient);
  }
}
