package org.medicd.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * Times in which people work on something, and medicd only observes it.
 *
 * @param name what it is for, as it is told to people
 * @param calendar when it opens
 * @param length how long it is open then
 * @param match which incidents it is about, as {@link IncidentMatch} reads it; empty: all
 */
public record MaintenanceWindow(
    String name, CalendarExpression calendar, Duration length, List<String> match) {
  public MaintenanceWindow {
    match = List.copyOf(match);
  }

  /**
   * When it is open.
   *
   * @param zone of the host
   */
  public WindowTimes times(ZoneId zone) {
    return new WindowTimes(calendar, length, zone);
  }

  /** As it is written in the configuration: Sun 02:00 for 2h. */
  public String words() {
    return calendar.text() + " for " + Durations.format(length);
  }
}
