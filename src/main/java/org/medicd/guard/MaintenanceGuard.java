package org.medicd.guard;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medicd.config.IncidentMatch;
import org.medicd.config.MaintenanceWindow;
import org.medicd.plan.Intent;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Patient;
import org.medicd.plan.Verdict;

/**
 * Waits while a maintenance window is open for what the intent is about. What undoes harm goes on.
 */
final class MaintenanceGuard implements Guard {
  private final List<WindowTimes> windows;

  /**
   * @param zone of the host
   */
  MaintenanceGuard(List<MaintenanceWindow> windows, ZoneId zone) {
    this.windows = windows.stream().map(window -> new WindowTimes(window, zone)).toList();
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
    for (WindowTimes each : windows) {
      Instant until = each.openUntil(now);
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
