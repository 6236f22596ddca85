package org.medicd.config;

import java.util.List;

/**
 * Which values one part of a calendar expression may have: hours, days of a month …
 *
 * @param spans any of them
 */
record CalendarField(List<Span> spans) {
  /** What {@link #first} says where there is none. */
  static final long NONE = -1;

  CalendarField {
    spans = List.copyOf(spans);
  }

  /**
   * Values that are the same step apart.
   *
   * @param from the least
   * @param to none is greater
   * @param step 1 or more
   */
  record Span(long from, long to, long step) {
    private long first(long least) {
      long beyond = Math.max(0, least - from);
      long value = from + (beyond + step - 1) / step * step;
      return value <= to ? value : NONE;
    }
  }

  static CalendarField only(long value) {
    return new CalendarField(List.of(new Span(value, value, 1)));
  }

  /** The least value that is not below this one; NONE where there is none. */
  long first(long least) {
    long first = NONE;
    for (Span span : spans) {
      long value = span.first(least);
      first = first == NONE || (value != NONE && value < first) ? value : first;
    }
    return first;
  }

  boolean has(long value) {
    return first(value) == value;
  }
}
