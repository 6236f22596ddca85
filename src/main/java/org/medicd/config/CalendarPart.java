package org.medicd.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.config.CalendarField.Span;

/** The parts of a calendar expression, and the values that each may have. */
enum CalendarPart {
  YEAR(CalendarExpression.FIRST_YEAR, CalendarExpression.LAST_YEAR, 1),
  MONTH(1, 12, 1),
  DAY(1, 31, 1),
  DAY_FROM_END(1, 28, 1),
  HOUR(0, 23, 1),
  MINUTE(0, 59, 1),
  SECOND(0, 59_999_999, 1_000_000);

  private static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?";
  private static final Pattern VALUES =
      Pattern.compile("(NUM)(?:\\.\\.(NUM))?(?:/(NUM))?".replace("NUM", NUMBER));

  /** Above all that any part may have. */
  private static final BigDecimal BEYOND = BigDecimal.valueOf(1_000_000_000);

  private final long least;
  private final long most;
  private final long scale;

  /**
   * @param scale values are counted in so many parts of one
   */
  CalendarPart(long least, long most, long scale) {
    this.least = least;
    this.most = most;
    this.scale = scale;
  }

  private String words() {
    return this == DAY_FROM_END ? "day from the end of a month" : name().toLowerCase(Locale.ROOT);
  }

  private String range() {
    return "from " + least + " to " + most / scale;
  }

  CalendarField any() {
    return new CalendarField(List.of(new Span(least, most, scale)));
  }

  /** Reads a list: values, ranges (1..5), each maybe with a step (0/15, 1..9/2); * is any. */
  CalendarField read(String list) {
    if (list.equals("*")) {
      return any();
    }
    List<Span> spans = new ArrayList<>();
    for (String each : list.split(",", -1)) {
      spans.add(span(each));
    }
    return new CalendarField(spans);
  }

  private Span span(String each) {
    Matcher values = VALUES.matcher(each);
    if (!values.matches()) {
      String what = " is none of 1, 1..5, 0/15, 1..9/2 in a list of values";
      throw new Unfit(Quoted.of(each) + what + ", which * stands for all of");
    }
    String stop = values.group(2);
    String repeated = values.group(3);
    long from = value(String.valueOf(values.group(1)));
    long step = repeated == null ? scale : number(repeated);
    if (step == 0) {
      throw new Unfit(Quoted.of(each) + " has a step of nothing");
    }
    if (stop == null) {
      return repeated == null ? new Span(from, from, 1) : repeated(from, step, each);
    }
    long to = value(stop);
    if (to < from) {
      throw new Unfit(Quoted.of(each) + " ends before it begins");
    }
    if (this == SECOND && repeated == null && to - from < step) {
      throw new Unfit(Quoted.of(each) + " is no range of seconds: it has but one value");
    }
    return new Span(from, to, step);
  }

  /** Days that are counted from the end of a month are repeated towards it. */
  private Span repeated(long from, long step, String each) {
    boolean down = this == DAY_FROM_END;
    if (down ? from - step < least : from + step > most) {
      String what = " leaves the range with its first step: " + words() + " " + range();
      throw new Unfit(Quoted.of(each) + what);
    }
    return down
        ? new Span(from - (from - least) / step * step, from, step)
        : new Span(from, most, step);
  }

  private long value(String digits) {
    long value = number(digits);
    if (this == YEAR && value < 100) {
      value += value < 70 ? 2000 : 1900;
    }
    if (value < least || value > most) {
      throw new Unfit(Quoted.of(digits) + " is no " + words() + ": " + range());
    }
    return value;
  }

  private long number(String digits) {
    if (this != SECOND && digits.indexOf('.') >= 0) {
      throw new Unfit(Quoted.of(digits) + " is no " + words() + ": only seconds have fractions");
    }
    BigDecimal number = new BigDecimal(digits);
    if (number.compareTo(BEYOND) > 0) {
      throw new Unfit(Quoted.of(digits) + " is too large a number");
    }
    return number
        .multiply(BigDecimal.valueOf(scale))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
