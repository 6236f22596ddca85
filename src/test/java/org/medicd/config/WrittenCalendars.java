package org.medicd.config;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calendar expressions as people might write them, at random. */
final class WrittenCalendars {
  private static final List<String> DAYS =
      List.of("Mon", "tue", "Wednesday", "THU", "Fri", "Sat", "sunday");
  private static final List<String> SHORT =
      List.of("minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "Yearly");

  /** Zones whose rules have long been the same. */
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "America/St_Johns",
          "Australia/Lord_Howe",
          "Pacific/Chatham",
          "Asia/Kathmandu",
          "Asia/Tokyo");

  private static final List<String> PIECES =
      List.of(
          "*",
          "/",
          ",",
          "..",
          ".",
          "-",
          "~",
          ":",
          " ",
          "  ",
          "0",
          "1",
          "9",
          "00",
          "31",
          "60",
          "Mon",
          "Sun",
          "UTC",
          "Mars/Base",
          "@",
          "\t",
          "é",
          "x",
          "99999999999999999999");

  private WrittenCalendars() {}

  static String zone(Random random) {
    return ZONES.get(random.nextInt(ZONES.size()));
  }

  static String any(Random random) {
    String zone = random.nextInt(4) == 0 ? " " + zone(random) : "";
    if (random.nextInt(12) == 0) {
      return SHORT.get(random.nextInt(SHORT.size())) + zone;
    }
    String days = random.nextInt(3) == 0 ? weekdays(random) + " " : "";
    return switch (random.nextInt(3)) {
      case 0 -> days + date(random) + zone;
      case 1 -> days + time(random) + zone;
      default -> days + date(random) + " " + time(random) + zone;
    };
  }

  private static String weekdays(Random random) {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(
            each -> {
              int first = random.nextInt(7);
              int last = first + random.nextInt(7 - first);
              return random.nextBoolean()
                  ? DAYS.get(first)
                  : DAYS.get(first) + ".." + DAYS.get(last);
            })
        .collect(Collectors.joining(","));
  }

  private static String date(Random random) {
    String year =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> list(2022, 2034, random) + "-";
          default -> "*-";
        };
    String month = random.nextBoolean() ? "*" : list(1, 12, random);
    boolean fromEnd = random.nextInt(4) == 0;
    int last = fromEnd ? 22 : 31; // systemd takes up to 28 from the end, but in a list it does not
    String day = random.nextInt(3) == 0 ? "*" : list(1, last, random);
    return year + month + (fromEnd ? "~" : "-") + day;
  }

  private static String time(Random random) {
    String hour = random.nextInt(3) == 0 ? "*" : list(0, 23, random);
    String minute = random.nextInt(4) == 0 ? "*" : list(0, 59, random);
    return switch (random.nextInt(4)) {
      case 0 -> hour + ":" + minute + ":" + list(0, 59, random);
      case 1 -> hour + ":" + minute + ":" + list(0, 59, random) + "." + random.nextInt(100_000_000);
      default -> hour + ":" + minute;
    };
  }

  private static String list(int least, int most, Random random) {
    return IntStream.rangeClosed(0, random.nextInt(4) == 0 ? 2 : 0)
        .mapToObj(each -> values(least, most, random))
        .collect(Collectors.joining(","));
  }

  private static String values(int least, int most, Random random) {
    int from = least + random.nextInt(most - least + 1);
    int to = from + random.nextInt(most - from + 1);
    int step = 1 + random.nextInt(most - least);
    String zeros = random.nextInt(3) == 0 ? "0" : "";
    return zeros
        + switch (random.nextInt(6)) {
          case 0 -> from + ".." + to;
          case 1 -> from + ".." + to + "/" + step;
          case 2 -> from + "/" + step;
          default -> String.valueOf(from);
        };
  }

  /** The same with a slip or two in it. */
  static String mutated(String text, Random random) {
    String now = text;
    for (int change = random.nextInt(2); change >= 0; change--) {
      int from = random.nextInt(now.length() + 1);
      int to = Math.min(now.length(), from + random.nextInt(3));
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      now =
          switch (random.nextInt(3)) {
            case 0 -> now.substring(0, from) + now.substring(to);
            case 1 -> now.substring(0, from) + piece + now.substring(from);
            default -> now.substring(0, from) + piece + now.substring(to);
          };
    }
    return now;
  }
}
