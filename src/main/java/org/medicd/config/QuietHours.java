package org.medicd.config;

import java.time.Duration;
import java.util.List;
import org.medicd.plan.Severity;

/**
 * Times in which people are not disturbed: they are told afterwards.
 *
 * @param calendar when they begin
 * @param length how long they last
 * @param below what matters as much as this, or more, is told in them too
 * @param channels names of the channels that are quiet; empty: all
 */
public record QuietHours(
    CalendarExpression calendar, Duration length, Severity below, List<String> channels) {
  public QuietHours {
    channels = List.copyOf(channels);
  }
}
