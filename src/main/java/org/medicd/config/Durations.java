package org.medicd.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: 500ms, 10s, 5m, 2h, 30d, and 1h30m, the larger unit first. */
public final class Durations {
  /** No setting needs more; below it nothing overflows. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final String KNOWN = "known units are ms, s, m, h and d";
  private static final Pattern PART = Pattern.compile("([0-9]{1,12}) ?(\\p{L}*)");

  private record Scale(String name, ChronoUnit unit, String longName) {}

  private static final List<Scale> SCALES =
      List.of(
          new Scale("d", ChronoUnit.DAYS, "days"),
          new Scale("h", ChronoUnit.HOURS, "hours"),
          new Scale("m", ChronoUnit.MINUTES, "minutes"),
          new Scale("s", ChronoUnit.SECONDS, "seconds"),
          new Scale("ms", ChronoUnit.MILLIS, "milliseconds"));

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is none; the message quotes it and names the units
   */
  public static Duration parse(String text) {
    Matcher part = PART.matcher(text);
    Duration total = Duration.ZERO;
    int at = 0;
    int next = 0;
    do {
      if (!part.region(at, text.length()).lookingAt()) {
        throw new Unfit(Quoted.of(text) + " is not a duration, as 10s or 1h30m: " + KNOWN);
      }
      int scale = scaleOf(part.group(2));
      if (scale < 0) {
        throw unknownUnit(text, part);
      }
      if (scale < next) {
        throw new Unfit(Quoted.of(text) + " must have its larger units first, each once");
      }
      total = total.plus(Long.parseLong(part.group(1)), SCALES.get(scale).unit());
      next = scale + 1;
      at = part.end();
    } while (at < text.length());
    if (total.compareTo(LONGEST) > 0) {
      throw new Unfit(Quoted.of(text) + " is too long: 36500d at most");
    }
    return total;
  }

  /** Writes a duration so that {@link #parse} reads it; below a millisecond it is cut. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    StringBuilder text = new StringBuilder();
    for (Scale scale : SCALES) {
      long one = scale.unit().getDuration().toMillis();
      if (millis >= one) {
        text.append(millis / one).append(scale.name());
        millis %= one;
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static int scaleOf(String name) {
    for (int i = 0; i < SCALES.size(); i++) {
      if (SCALES.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Unfit unknownUnit(String text, Matcher part) {
    String unit = part.group(2);
    boolean whole = part.end() - part.start() == text.length();
    String meant = unit.isEmpty() ? "s" : meantBy(unit);
    String suggestion = whole && meant != null ? part.group(1) + meant : null;
    String wrong = unit.isEmpty() ? " lacks its unit: " : " has no known unit: ";
    return new Unfit(Quoted.of(text) + wrong + KNOWN, suggestion);
  }

  private static @Nullable String meantBy(String unit) {
    String small = unit.toLowerCase(Locale.ROOT);
    for (Scale scale : SCALES) {
      if (scale.longName().startsWith(small) || small.equals(scale.longName().charAt(0) + "rs")) {
        return scale.name();
      }
    }
    return null;
  }
}
