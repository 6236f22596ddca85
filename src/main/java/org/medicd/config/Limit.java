package org.medicd.config;

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
 */
public record Limit(
    String diagnosis,
    String name,
    @Nullable Double number,
    @Nullable Long bytes,
    @Nullable Long millis) {
  public Limit {
    if (Stream.<@Nullable Object>of(number, bytes, millis).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException(diagnosis + "." + name + " must have one value");
    }
  }

  static Limit ofNumber(String diagnosis, String name, double number) {
    return new Limit(diagnosis, name, number, null, null);
  }

  static Limit ofBytes(String diagnosis, String name, long bytes) {
    return new Limit(diagnosis, name, null, bytes, null);
  }

  static Limit ofMillis(String diagnosis, String name, long millis) {
    return new Limit(diagnosis, name, null, null, millis);
  }

  /** What its value is, in words. */
  String kind() {
    return number != null ? "a number" : bytes != null ? "a size" : "a duration";
  }
}
