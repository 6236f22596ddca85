package org.medicd.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in any stretch of time so long, written 3/10m.
 *
 * @param count how many are allowed; 0: none
 * @param window the stretch
 */
public record Rate(int count, Duration window) {
  private static final Pattern RATE = Pattern.compile("([0-9]{1,6}) ?/ ?(.+)");

  public Rate {
    if (count < 0 || window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("no rate: " + count + " in " + window);
    }
  }

  /**
   * Reads a rate.
   *
   * @throws IllegalArgumentException if it is none; the message quotes it
   */
  public static Rate parse(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new Unfit(Quoted.of(text) + " is not a rate: write 3/10m for three in ten minutes");
    }
    Duration window = Durations.parse(rate.group(2));
    if (window.isZero()) {
      throw new Unfit(
          Quoted.of(text) + " has a window of nothing: write 3/10m for three in ten minutes");
    }
    return new Rate(Integer.parseInt(rate.group(1)), window);
  }

  @Override
  public String toString() {
    return count + "/" + Durations.format(window);
  }
}
