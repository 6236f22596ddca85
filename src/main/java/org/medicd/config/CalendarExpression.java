package org.medicd.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Points in time that come again, as timer units write them: Mon..Fri 02:00 (systemd.time(7),
 * calendar events). They elapse when systemd's do, but for the hours in which clocks are changed:
 * there systemd leaves out a time that does not exist, and of one that comes twice it takes either.
 * Here the first is the moment when the clocks are put forward, and of the other both count:
 * whoever is to be held back had better be so once too often.
 *
 * @param text as it was written
 * @param weekdays none: any
 * @param years from 1970 to 2199
 * @param months from 1
 * @param days of a month, from 1
 * @param fromEnd days are counted from the end of the month
 * @param hours from 0
 * @param minutes from 0
 * @param micros microseconds of a minute
 * @param zone null: that of the host
 */
public record CalendarExpression(
    String text,
    Set<DayOfWeek> weekdays,
    CalendarField years,
    CalendarField months,
    CalendarField days,
    boolean fromEnd,
    CalendarField hours,
    CalendarField minutes,
    CalendarField micros,
    @Nullable ZoneId zone) {
  static final int FIRST_YEAR = 1970;
  static final int LAST_YEAR = 2199;

  /** More than local times of one moment can differ. */
  private static final Duration OFFSETS_APART = Duration.ofDays(2);

  /** No expression knows a time after that. */
  private static final Instant END = Instant.parse("2200-01-03T00:00:00Z");

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  public CalendarExpression {
    weekdays = Set.copyOf(weekdays);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static CalendarExpression parse(String text) {
    return new CalendarReader(text).read();
  }

  /** Where it counts its hours. */
  public ZoneId zone(ZoneId ofHost) {
    return zone == null ? ofHost : zone;
  }

  /** The first time after this one; null: never again. */
  public @Nullable Instant next(Instant after, ZoneId ofHost) {
    ZoneRules rules = zone(ofHost).getRules();
    Instant at = after.isBefore(Instant.EPOCH) ? Instant.EPOCH.minusSeconds(1) : after;
    at = at.isBefore(END) ? at.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS) : END;
    while (at.isBefore(END)) {
      ZoneOffset offset = rules.getOffset(at);
      LocalDateTime local = firstLocal(LocalDateTime.ofInstant(at, offset));
      Instant found = local == null ? null : local.toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(at);
      if (change == null || found != null && found.isBefore(change.getInstant())) {
        return found;
      }
      Instant near = (found == null ? END : found).minus(OFFSETS_APART);
      boolean farAway = change.getInstant().isAfter(at.plus(OFFSETS_APART));
      if (farAway && near.isAfter(change.getInstant())) {
        at = near;
      } else if (local != null && change.isGap() && local.isBefore(change.getDateTimeAfter())) {
        return change.getInstant();
      } else {
        at = change.getInstant();
      }
    }
    return null;
  }

  private @Nullable LocalDateTime firstLocal(LocalDateTime from) {
    LocalTime time = firstTime(from.toLocalTime());
    if (time != null && isDay(from.toLocalDate())) {
      return from.toLocalDate().atTime(time);
    }
    LocalDate day = firstDay(from.toLocalDate().plusDays(1));
    LocalTime earliest = firstTime(LocalTime.MIN);
    return day == null || earliest == null ? null : day.atTime(earliest);
  }

  private @Nullable LocalDate firstDay(LocalDate from) {
    LocalDate day = from;
    while (true) {
      long year = years.first(day.getYear());
      if (year == CalendarField.NONE) {
        return null;
      }
      day = year == day.getYear() ? day : LocalDate.of((int) year, 1, 1);
      long month = months.first(day.getMonthValue());
      if (month == CalendarField.NONE) {
        day = LocalDate.of((int) year + 1, 1, 1);
        continue;
      }
      day = month == day.getMonthValue() ? day : LocalDate.of((int) year, (int) month, 1);
      if (isDay(day)) {
        return day;
      }
      day = day.plusDays(1);
    }
  }

  private boolean isDay(LocalDate day) {
    int number = fromEnd ? day.lengthOfMonth() - day.getDayOfMonth() + 1 : day.getDayOfMonth();
    return (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
        && days.has(number)
        && months.has(day.getMonthValue())
        && years.has(day.getYear());
  }

  /** Of one day; null: none is left of it. */
  private @Nullable LocalTime firstTime(LocalTime from) {
    long hour = hours.first(from.getHour());
    if (hour == CalendarField.NONE) {
      return null;
    }
    if (hour > from.getHour()) {
      return time(hour, minutes.first(0), micros.first(0));
    }
    long minute = minutes.first(from.getMinute());
    long micro = micros.first(from.getSecond() * MICROS_PER_SECOND + from.getNano() / 1_000);
    if (minute == from.getMinute() && micro != CalendarField.NONE) {
      return time(hour, minute, micro);
    }
    long later = minute == from.getMinute() ? minutes.first(minute + 1) : minute;
    if (later != CalendarField.NONE) {
      return time(hour, later, micros.first(0));
    }
    long next = hours.first(hour + 1);
    return next == CalendarField.NONE ? null : time(next, minutes.first(0), micros.first(0));
  }

  private static LocalTime time(long hour, long minute, long micros) {
    return LocalTime.of(
        (int) hour,
        (int) minute,
        (int) (micros / MICROS_PER_SECOND),
        (int) (micros % MICROS_PER_SECOND * NANOS_PER_MICRO));
  }

  @Override
  public String toString() {
    return text;
  }
}
