package org.medicd.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one calendar expression; takes what systemd takes. */
final class CalendarReader {
  private static final String HINT =
      " is no calendar expression, as Mon..Fri 02:00 or *-*-01 03:00 (see systemd.time(7))";
  private static final int LONGEST = 2_000;
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("minutely", "*-*-* *:*:00"),
          Map.entry("hourly", "*-*-* *:00:00"),
          Map.entry("daily", "*-*-* 00:00:00"),
          Map.entry("weekly", "Mon *-*-* 00:00:00"),
          Map.entry("monthly", "*-*-01 00:00:00"),
          Map.entry("quarterly", "*-01,04,07,10-01 00:00:00"),
          Map.entry("semiannually", "*-01,07-01 00:00:00"),
          Map.entry("semi-annually", "*-01,07-01 00:00:00"),
          Map.entry("biannually", "*-01,07-01 00:00:00"),
          Map.entry("bi-annually", "*-01,07-01 00:00:00"),
          Map.entry("yearly", "*-01-01 00:00:00"),
          Map.entry("annually", "*-01-01 00:00:00"),
          Map.entry("anually", "*-01-01 00:00:00"));

  /** Of the tz database, and not among the names of Java's zones. */
  private static final Map<String, String> OLD_ZONES =
      Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

  private static final Pattern DATE =
      Pattern.compile("(?:([0-9*./,]+)-)?([0-9*./,]+)([-~])([0-9*./,]+)");
  private static final Pattern TIME =
      Pattern.compile("([0-9*./,]+):([0-9*./,]+)(?::([0-9*./,]+))?");
  private static final Pattern EPOCH = Pattern.compile("@0*([0-9]{1,10})");

  private final String text;
  private final Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
  private CalendarField years = CalendarPart.YEAR.any();
  private CalendarField months = CalendarPart.MONTH.any();
  private CalendarField days = CalendarPart.DAY.any();
  private boolean fromEnd;
  private CalendarField hours = CalendarField.only(0);
  private CalendarField minutes = CalendarField.only(0);
  private CalendarField micros = CalendarField.only(0);
  private @Nullable ZoneId zone;

  CalendarReader(String text) {
    this.text = text;
  }

  CalendarExpression read() {
    if (text.length() > LONGEST) {
      throw none();
    }
    String rest = withoutZone(text);
    rest = SHORT.getOrDefault(rest.toLowerCase(Locale.ROOT), rest);
    boolean named = startsWithLetter(rest);
    if (named) {
      rest = withoutWeekdays(rest);
    }
    if (rest.startsWith("@")) {
      epoch(rest);
    } else if (!named || !rest.isEmpty()) {
      dateAndTime(rest);
    }
    return new CalendarExpression(
        text, weekdays, years, months, days, fromEnd, hours, minutes, micros, zone);
  }

  private Unfit none() {
    return new Unfit(Quoted.of(text) + HINT);
  }

  private static boolean startsWithLetter(String text) {
    return !text.isEmpty() && Character.isLetter(text.charAt(0));
  }

  private String withoutZone(String whole) {
    int space = whole.lastIndexOf(' ');
    String last = whole.substring(space + 1);
    if (space < 0 || !startsWithLetter(last)) {
      return whole;
    }
    zone = zone(last);
    return whole.substring(0, space);
  }

  private static ZoneId zone(String name) {
    if (name.equalsIgnoreCase("UTC")) {
      return ZoneOffset.UTC;
    }
    Set<String> known = ZoneId.getAvailableZoneIds();
    String id = OLD_ZONES.getOrDefault(name, known.contains(name) ? name : "");
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      String what = " is no time zone, as UTC or Europe/Berlin";
      throw new Unfit(Quoted.of(name) + what, Nearest.to(name, new TreeSet<>(known)));
    }
  }

  private String withoutWeekdays(String whole) {
    int space = whole.indexOf(' ');
    String list = space < 0 ? whole : whole.substring(0, space);
    String more = list.endsWith(",") ? list.substring(0, list.length() - 1) : list;
    for (String each : more.split(",", -1)) {
      String[] ends = each.split("\\.\\.|-", -1);
      DayOfWeek first = weekday(ends[0]);
      DayOfWeek last = ends.length == 1 ? first : weekday(ends[1]);
      if (ends.length > 2) {
        throw none();
      }
      if (last.compareTo(first) < 0) {
        String what = " goes beyond Sunday: write both parts, as Fri..Sun,Mon";
        throw new Unfit(Quoted.of(each) + what);
      }
      weekdays.addAll(EnumSet.range(first, last));
    }
    return list.length() == whole.length() ? "" : whole.substring(space).stripLeading();
  }

  /** By its English name, or the first three letters of that. */
  private static DayOfWeek weekday(String name) {
    List<String> known = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      String whole = day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT);
      if (whole.equalsIgnoreCase(name) || whole.substring(0, 3).equalsIgnoreCase(name)) {
        return day;
      }
      known.add(whole.substring(0, 3));
      known.add(whole);
    }
    throw new Unfit(Quoted.of(name) + " is no day of the week, as Mon", Nearest.to(name, known));
  }

  /** As @1395716396: seconds since 1970. */
  private void epoch(String rest) {
    Matcher epoch = EPOCH.matcher(rest);
    if (!epoch.matches()) {
      throw none();
    }
    Instant instant = Instant.ofEpochSecond(Long.parseLong(epoch.group(1)));
    LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (at.getYear() > CalendarExpression.LAST_YEAR) {
      throw none();
    }
    years = CalendarField.only(at.getYear());
    months = CalendarField.only(at.getMonthValue());
    days = CalendarField.only(at.getDayOfMonth());
    hours = CalendarField.only(at.getHour());
    minutes = CalendarField.only(at.getMinute());
    micros = CalendarField.only(at.getSecond() * 1_000_000L);
    zone = ZoneOffset.UTC;
  }

  private void dateAndTime(String rest) {
    int space = rest.indexOf(' ');
    String head = space < 0 ? rest : rest.substring(0, space);
    if (head.contains(":")) {
      time(rest);
      return;
    }
    date(head);
    String tail = rest.substring(head.length());
    String time = tail.replaceFirst("^ +", "");
    if (!time.isEmpty()) {
      time(time);
    }
  }

  private void date(String date) {
    Matcher parts = DATE.matcher(date);
    if (!parts.matches()) {
      throw none();
    }
    String year = parts.group(1);
    years = year == null ? years : CalendarPart.YEAR.read(year);
    months = CalendarPart.MONTH.read(String.valueOf(parts.group(2)));
    String day = String.valueOf(parts.group(4));
    fromEnd = "~".equals(parts.group(3)) && !day.equals("*");
    days = (fromEnd ? CalendarPart.DAY_FROM_END : CalendarPart.DAY).read(day);
  }

  private void time(String time) {
    Matcher parts = TIME.matcher(time);
    if (!parts.matches()) {
      throw none();
    }
    hours = CalendarPart.HOUR.read(String.valueOf(parts.group(1)));
    minutes = CalendarPart.MINUTE.read(String.valueOf(parts.group(2)));
    String second = parts.group(3);
    micros = second == null ? micros : CalendarPart.SECOND.read(second);
  }
}
