package org.medicd.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of bytes as people write them: 512B, 64KiB, 256MiB, 8GiB, 1TiB; kB to TB are decimal. */
public final class Sizes {
  private static final String KNOWN = "known units are B, KiB, MiB, GiB, TiB, kB, MB, GB and TB";
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,19}) ?(\\p{L}*)");
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();

  static {
    BYTES.put("TiB", 1L << 40);
    BYTES.put("GiB", 1L << 30);
    BYTES.put("MiB", 1L << 20);
    BYTES.put("KiB", 1L << 10);
    BYTES.put("B", 1L);
    BYTES.put("kB", 1_000L);
    BYTES.put("MB", 1_000_000L);
    BYTES.put("GB", 1_000_000_000L);
    BYTES.put("TB", 1_000_000_000_000L);
  }

  private Sizes() {}

  /**
   * Reads an amount of bytes.
   *
   * @throws IllegalArgumentException if it is none; the message quotes it and names the units
   */
  public static long parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new Unfit(Quoted.of(text) + " is not a size, as 256MiB: " + KNOWN);
    }
    String unit = size.group(2);
    Long bytes = BYTES.get(unit);
    if (bytes == null) {
      String meant = meantBy(unit);
      String wrong = unit.isEmpty() ? " lacks its unit: " : " has no known unit: ";
      throw new Unfit(
          Quoted.of(text) + wrong + KNOWN, meant == null ? null : size.group(1) + meant);
    }
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), bytes);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new Unfit(Quoted.of(text) + " is too large: below 8 EiB");
    }
  }

  /**
   * Writes an amount so that {@link #parse} reads the same: in the largest binary unit that fits.
   */
  public static String format(long bytes) {
    for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
      if (bytes >= unit.getValue() && bytes % unit.getValue() == 0) {
        return bytes / unit.getValue() + unit.getKey();
      }
    }
    return bytes + "B";
  }

  private static @Nullable String meantBy(String unit) {
    if (unit.isEmpty()) {
      return "B";
    }
    String small = unit.toLowerCase(Locale.ROOT);
    for (String known : BYTES.keySet()) {
      String candidate = known.toLowerCase(Locale.ROOT);
      if (candidate.equals(small) || candidate.substring(0, 1).equals(small)) {
        return known;
      }
    }
    return null;
  }
}
