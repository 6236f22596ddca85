package org.medicd.linux.systemd;

import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;

/**
 * A limit of a unit that can be changed while it runs (systemd.resource-control(5)).
 *
 * @param property which
 * @param value as the bus has it: bytes, a weight, microseconds of CPU time a second
 */
public record UnitLimit(Property property, long value) {
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z]+)=(\\S+)");
  private static final Pattern BYTES = Pattern.compile("([1-9][0-9]{0,5})([KMGT])");

  /** Those that slow a unit down. MemoryMax is none: it would kill. */
  public enum Property {
    CPU_QUOTA("CPUQuota", "CPUQuotaPerSecUSec", UnitLimit::quota, UnitLimit::quotaMicros),
    CPU_WEIGHT("CPUWeight", "CPUWeight", UnitLimit::weight, Unit.Allowance::cpuWeight),
    IO_WEIGHT("IOWeight", "IOWeight", UnitLimit::weight, Unit.Allowance::ioWeight),
    MEMORY_HIGH("MemoryHigh", "MemoryHigh", UnitLimit::bytes, Unit.Allowance::memoryHighBytes),
    TASKS_MAX("TasksMax", "TasksMax", UnitLimit::count, Unit.Allowance::tasksMax);

    private final String setting;
    private final String onBus;
    private final Function<String, Long> parser;
    private final Function<Unit.Allowance, @Nullable Long> standing;

    Property(
        String setting,
        String onBus,
        Function<String, Long> parser,
        Function<Unit.Allowance, @Nullable Long> standing) {
      this.setting = setting;
      this.onBus = onBus;
      this.parser = parser;
      this.standing = standing;
    }

    /** Its name in unit files: CPUQuota. */
    public String setting() {
      return setting;
    }

    /** Its name on the bus: CPUQuotaPerSecUSec. */
    String onBus() {
      return onBus;
    }

    /** What holds of it now, as {@link UnitLimit#text} writes it. */
    public String standing(Unit.Allowance allowance) {
      Long now = standing.apply(allowance);
      return now == null ? INFINITE : Long.toString(now);
    }

    /** By its name in unit files. */
    static Property named(String setting) {
      return Arrays.stream(values())
          .filter(each -> each.setting.equals(setting))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "'"
                          + setting
                          + "' is no limit that can be set for a while: known are "
                          + ALL));
    }
  }

  /** Where nothing limits; the bus has the largest number for it. */
  static final String INFINITE = "infinity";

  private static final String ALL =
      Arrays.stream(Property.values()).map(Property::setting).collect(Collectors.joining(", "));

  /**
   * Reads a limit as a unit file has it: CPUQuota=50%, MemoryHigh=1G, IOWeight=10.
   *
   * @throws IllegalArgumentException says what is wrong with it
   */
  public static UnitLimit parse(String text) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    if (!assignment.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no limit, as CPUQuota=50%: known are " + ALL);
    }
    Property property = Property.named(assignment.group(1));
    return new UnitLimit(property, property.parser.apply(assignment.group(2)));
  }

  /** The value in words that {@link Property#standing} uses too. */
  public String text() {
    return Long.toString(value);
  }

  private static long quota(String text) {
    if (!text.matches("[1-9][0-9]{0,6}%")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no CPUQuota: a whole percentage of one CPU, as 50% or 200%");
    }
    return Long.parseLong(text.substring(0, text.length() - 1)) * 10_000;
  }

  private static @Nullable Long quotaMicros(Unit.Allowance allowance) {
    Double percent = allowance.cpuQuotaPercent();
    return percent == null ? null : (Long) Math.round(percent * 10_000);
  }

  /** K, M, G and T are powers of 1024 there. */
  private static long bytes(String text) {
    Matcher size = BYTES.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size, as 512M or 2G");
    }
    int power = "KMGT".indexOf(size.group(2)) + 1;
    return Long.parseLong(size.group(1)) << (10 * power);
  }

  private static long weight(String text) {
    return number(text, "weight", 10_000);
  }

  private static long count(String text) {
    return number(text, "number of tasks", 4_194_304);
  }

  private static long number(String text, String what, long most) {
    if (!text.matches("[1-9][0-9]{0,6}") || Long.parseLong(text) > most) {
      throw new IllegalArgumentException("'" + text + "' is no " + what + ", from 1 to " + most);
    }
    return Long.parseLong(text);
  }
}
