package org.medicd.daemon;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.medicd.config.MaintenanceWindow;
import org.medicd.config.Parsed;
import org.medicd.config.Problem;
import org.medicd.config.WindowTimes;

/** What can be told of maintenance windows before they open. */
final class MaintenanceOutlook {
  private final Parsed parsed;
  private final Instant now;
  private final ZoneId zone;

  MaintenanceOutlook(Parsed parsed, Instant now, ZoneId zone) {
    this.parsed = parsed;
    this.now = now;
    this.zone = zone;
  }

  private List<MaintenanceWindow> windows() {
    return parsed.settings().guards().maintenance();
  }

  /** When each of them opens next; a line each. */
  List<String> words() {
    return windows().stream().map(this::words).toList();
  }

  private String words(MaintenanceWindow window) {
    WindowTimes times = window.times(zone);
    Instant until = times.openUntil(now);
    Instant next = times.opensAt(until == null ? now : until);
    String what = "maintenance window \"" + window.name() + "\" (" + window.words() + ")";
    String open = until == null ? "" : " is open until " + local(window, until) + " and";
    return what
        + open
        + (next == null ? " opens never again" : " opens next at " + local(window, next));
  }

  private String local(MaintenanceWindow window, Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS)
        .atZone(window.calendar().zone(zone))
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  /** Those that are hardly meant: they open again before they end, and again. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (MaintenanceWindow window : windows()) {
      WindowTimes times = window.times(zone);
      Instant begin = times.openUntil(now) == null ? times.opensAt(now) : now;
      if (begin != null && times.isEndless(begin)) {
        String what =
            "maintenance window '"
                + window.name()
                + "' opens again and again before it ends: medicd would hardly ever act";
        problems.add(new Problem(parsed.file(), line(window), what, null));
      }
    }
    return problems;
  }

  private int line(MaintenanceWindow window) {
    String key = "maintenance[" + windows().indexOf(window) + "].calendar";
    return parsed.lines().getOrDefault(key, 0);
  }
}
