package org.medicd.config;

import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/** What a limit may hold, and in which range. */
enum LimitKind {
  /** A share of the host or of one of its parts: there is no more than all of it. */
  PERCENT("a percentage from 0 to 100", n -> n >= 0 && n <= 100),
  /** A share of one core: a process with several threads may use more than one. */
  CORE_PERCENT("a percentage of one core, 1 or more", n -> n >= 1),
  COUNT("a whole number, 1 or more", n -> n >= 1 && n == Math.rint(n)),
  NUMBER("a number, 0 or more", n -> n >= 0),
  DURATION("a duration longer than nothing, as 10s or 1h30m", n -> n > 0),
  BYTES("a size, as 256MiB", n -> n >= 0),
  SWITCH("on or off", n -> true);

  private static final String ON = "on";
  private static final String OFF = "off";
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

  private final String wanted;
  private final DoublePredicate inRange;

  LimitKind(String wanted, DoublePredicate inRange) {
    this.wanted = wanted;
    this.inRange = inRange;
  }

  /**
   * Reads a value of this kind.
   *
   * @throws IllegalArgumentException if it is none or out of range
   */
  Limit parse(String diagnosis, String name, String text) {
    return switch (this) {
      case DURATION -> Limit.ofMillis(diagnosis, name, duration(text));
      case BYTES -> Limit.ofBytes(diagnosis, name, bytes(text));
      case SWITCH -> Limit.ofSwitch(diagnosis, name, on(text));
      default -> Limit.ofNumber(diagnosis, name, number(text));
    };
  }

  /**
   * The kind that a value of a user's own limit has by its form.
   *
   * @throws IllegalArgumentException if it has the form of none
   */
  static LimitKind ofForm(String text) {
    if (text.equals(ON) || text.equals(OFF)) {
      return SWITCH;
    }
    if (text.endsWith("%") || DECIMAL.matcher(text).matches()) {
      return NUMBER;
    }
    if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
      String forms = " is neither a number nor a duration (10s) nor a size (256MiB), nor on or off";
      throw new Unfit(Quoted.of(text) + forms);
    }
    return text.endsWith("B") || text.endsWith("b") ? BYTES : DURATION;
  }

  private boolean on(String text) {
    if (!text.equals(ON) && !text.equals(OFF)) {
      throw otherKind(text);
    }
    return text.equals(ON);
  }

  private long duration(String text) {
    if (text.endsWith("B") || text.endsWith("%")) {
      throw otherKind(text);
    }
    long millis = Durations.parse(text).toMillis();
    check(text, millis);
    return millis;
  }

  private long bytes(String text) {
    long bytes = Sizes.parse(text);
    check(text, bytes);
    return bytes;
  }

  private double number(String text) {
    boolean percent = this != COUNT && text.endsWith("%");
    String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
    if (!DECIMAL.matcher(digits).matches()) {
      throw otherKind(text);
    }
    double number = Double.parseDouble(digits);
    check(text, number);
    return number;
  }

  private void check(String text, double value) {
    if (!inRange.test(value)) {
      throw new Unfit(Quoted.of(text) + " is out of range: this wants " + wanted);
    }
  }

  private Unfit otherKind(String text) {
    return new Unfit("this wants " + wanted + ", not " + Quoted.of(text));
  }
}
