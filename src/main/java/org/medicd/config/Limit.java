package org.medicd.config;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One threshold or duration of a rule. Rules match it as a fact. Exactly one of the values is
 * there.
 *
 * @param diagnosis whose, as cpu-runaway
 * @param name which, as cpu-percent or for
 * @param number a plain number or a percentage
 * @param bytes an amount of bytes
 * @param millis a duration in milliseconds
 * @param on a switch
 */
public record Limit(
    String diagnosis,
    String name,
    @Nullable Double number,
    @Nullable Long bytes,
    @Nullable Long millis,
    @Nullable Boolean on) {
  public Limit {
    if (Stream.<@Nullable Object>of(number, bytes, millis, on).filter(Objects::nonNull).count()
        != 1) {
      throw new IllegalArgumentException(diagnosis + "." + name + " must have one value");
    }
  }

  static Limit ofNumber(String diagnosis, String name, double number) {
    return new Limit(diagnosis, name, number, null, null, null);
  }

  static Limit ofBytes(String diagnosis, String name, long bytes) {
    return new Limit(diagnosis, name, null, bytes, null, null);
  }

  static Limit ofMillis(String diagnosis, String name, long millis) {
    return new Limit(diagnosis, name, null, null, millis, null);
  }

  static Limit ofSwitch(String diagnosis, String name, boolean on) {
    return new Limit(diagnosis, name, null, null, null, on);
  }

  /** To be compared with another of its kind. */
  double value() {
    return number != null ? number : bytes != null ? bytes : millis != null ? millis : 0;
  }

  /** As it would be written in the configuration. */
  public String text() {
    if (on != null) {
      return on ? "on" : "off";
    }
    return millis != null
        ? Durations.format(Duration.ofMillis(millis))
        : bytes != null ? Sizes.format(bytes) : String.valueOf(number).replaceAll("\\.0$", "");
  }

  /** What its value is, in words. */
  public String kind() {
    return number != null
        ? "a number"
        : bytes != null ? "a size" : millis != null ? "a duration" : "a switch";
  }
}
