package org.medicd.config;

import static org.medicd.config.LimitKind.BYTES;
import static org.medicd.config.LimitKind.CORE_PERCENT;
import static org.medicd.config.LimitKind.COUNT;
import static org.medicd.config.LimitKind.DURATION;
import static org.medicd.config.LimitKind.NUMBER;
import static org.medicd.config.LimitKind.PERCENT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit of a rule that comes with medicd.
 *
 * @param value the default, as it would be written in the configuration
 * @param meaning what it says, for people
 */
record ShippedLimit(String diagnosis, String name, LimitKind kind, String value, String meaning) {
  static final List<ShippedLimit> ALL =
      List.of(
          of("cpu-runaway", "cpu-percent", CORE_PERCENT, "90", "a process wants so much of a core"),
          of("cpu-runaway", "for", DURATION, "60s", "for so long"),
          of("cpu-runaway", "host-percent", PERCENT, "80", "act only while the host uses so much"),
          of("cpu-saturated", "raise-percent", PERCENT, "80", "the host uses so much CPU"),
          of("cpu-saturated", "clear-percent", PERCENT, "50", "and is well again below"),
          of("cpu-saturated", "for", DURATION, "60s", "for so long"),
          of("memory-low", "raise-percent", PERCENT, "90", "so much of the memory is used"),
          of("memory-low", "clear-percent", PERCENT, "70", "and is well again below"),
          of("memory-low", "for", DURATION, "30s", "for so long"),
          of("memory-leak", "min-rss", BYTES, "256MiB", "smaller processes are left alone"),
          of("memory-leak", "growth-per-hour", BYTES, "128MiB", "a process grows so fast"),
          of("memory-leak", "window", DURATION, "10m", "the trend is taken over so long"),
          of("memory-leak", "used-percent", PERCENT, "80", "act only while so much is used"),
          of("memory-leak", "for", DURATION, "30s", "the trend must hold for so long"),
          of("zombie-storm", "zombies", COUNT, "100", "so many zombies on the host"),
          of("zombie-storm", "parent-zombies", COUNT, "10", "a parent with so many is to blame"),
          of("zombie-storm", "for", DURATION, "10s", "for so long"),
          of("d-state-pileup", "processes", COUNT, "10", "so many processes are blocked"),
          of("d-state-pileup", "blocked", DURATION, "5s", "each without a break for so long"),
          of("d-state-pileup", "for", DURATION, "30s", "for so long"),
          of("load-high", "load", NUMBER, "10", "load average over a minute"),
          of("load-high", "for", DURATION, "60s", "for so long"),
          of("disk-full", "raise-percent", PERCENT, "95", "so much of a file system is used"),
          of("disk-full", "clear-percent", PERCENT, "90", "and is well again below"),
          of("disk-full", "for", DURATION, "10s", "for so long"));

  private static ShippedLimit of(
      String diagnosis, String name, LimitKind kind, String value, String meaning) {
    return new ShippedLimit(diagnosis, name, kind, value, meaning);
  }

  Limit limit() {
    return kind.parse(diagnosis, name, value);
  }

  static @Nullable ShippedLimit find(String diagnosis, String name) {
    for (ShippedLimit shipped : ALL) {
      if (shipped.diagnosis.equals(diagnosis) && shipped.name.equals(name)) {
        return shipped;
      }
    }
    return null;
  }

  static List<String> diagnoses() {
    return ALL.stream().map(ShippedLimit::diagnosis).distinct().toList();
  }

  static List<String> namesOf(String diagnosis) {
    return ALL.stream().filter(s -> s.diagnosis.equals(diagnosis)).map(s -> s.name).toList();
  }
}
