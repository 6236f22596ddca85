package org.medicd.linux.sys;

import org.jspecify.annotations.Nullable;

/**
 * What /sys/class/net/NAME tells of an interface (the kernel's
 * Documentation/ABI/testing/sysfs-class-net). Null is what it does not know: many an attribute
 * cannot be read while the interface is down.
 *
 * @param up operstate is up, or unknown with a carrier, as of lo
 * @param speedBytesPerSecond each way
 */
public record LinkAttributes(
    @Nullable Boolean up,
    @Nullable Boolean carrier,
    @Nullable Long speedBytesPerSecond,
    @Nullable Long mtuBytes) {
  public static final LinkAttributes UNKNOWN = new LinkAttributes(null, null, null, null);

  private static final long BYTES_PER_MEGABIT = 125_000;

  /** Some kernels print -1 as an unsigned number. */
  private static final long UNKNOWN_MEGABITS = 0xffff_ffffL;

  /**
   * Reads what the files hold; any of them may be null.
   *
   * @param operstate the content of the file of this name, as the others; null where it could not
   *     be read
   */
  public static LinkAttributes parse(
      @Nullable String operstate,
      @Nullable String carrier,
      @Nullable String speed,
      @Nullable String mtu) {
    Long link = number(carrier);
    Long megabits = number(speed);
    Boolean hasCarrier = link == null ? null : (Boolean) (link != 0);
    boolean known = megabits != null && megabits > 0 && megabits < UNKNOWN_MEGABITS;
    return new LinkAttributes(
        up(operstate, hasCarrier),
        hasCarrier,
        known && megabits != null ? (Long) (megabits * BYTES_PER_MEGABIT) : null,
        number(mtu));
  }

  private static @Nullable Boolean up(@Nullable String operstate, @Nullable Boolean carrier) {
    if (operstate == null) {
      return null;
    }
    return switch (operstate.strip()) {
      case "up" -> true;
      case "unknown" -> carrier != null && carrier;
      default -> false;
    };
  }

  private static @Nullable Long number(@Nullable String content) {
    try {
      return content == null ? null : (Long) Long.parseLong(content.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
