package org.medicd.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the maintenance windows. */
final class MaintenanceReader {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(30);

  private MaintenanceReader() {}

  static List<MaintenanceWindow> read(Section top, List<MaintenanceWindow> defaults) {
    List<MaintenanceWindow> windows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Section> items = top.sections("maintenance");
    for (Section item : items) {
      MaintenanceWindow window = window(item);
      if (window != null && !names.add(window.name())) {
        item.problem(
            "name", "maintenance window " + Quoted.of(window.name()) + " is already given");
      } else if (window != null) {
        windows.add(window);
      }
    }
    return items.isEmpty() ? defaults : windows;
  }

  private static @Nullable MaintenanceWindow window(Section item) {
    String name = item.required("name", Values::text);
    CalendarExpression calendar = item.required("calendar", MaintenanceReader::calendar);
    Duration length = item.required("for", Values.duration(LEAST, MOST));
    List<String> match = item.list("match", MaintenanceReader::word);
    item.rejectOthers();
    return name == null || calendar == null || length == null
        ? null
        : new MaintenanceWindow(
            name, calendar, length, Objects.requireNonNullElse(match, List.of()));
  }

  static CalendarExpression calendar(String text) {
    CalendarExpression calendar = CalendarExpression.parse(text);
    if (calendar.next(Instant.EPOCH, ZoneOffset.UTC) == null) {
      throw new Unfit(Quoted.of(text) + " never comes: there is no such day");
    }
    return calendar;
  }

  static String word(String text) {
    IncidentMatch.parse(List.of(Values.text(text)));
    return text;
  }
}
