package org.medicd.config;

import static org.medicd.config.LimitKind.BYTES;
import static org.medicd.config.LimitKind.CORE_PERCENT;
import static org.medicd.config.LimitKind.COUNT;
import static org.medicd.config.LimitKind.DURATION;
import static org.medicd.config.LimitKind.NUMBER;
import static org.medicd.config.LimitKind.PERCENT;
import static org.medicd.config.LimitKind.SWITCH;

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
          of("cache-excess", "cache-percent", PERCENT, "60", "so much of the memory is cache"),
          of("cache-excess", "stalled-percent", PERCENT, "10", "tasks wait for memory so often"),
          of("cache-excess", "for", DURATION, "60s", "for so long"),
          of("swap-thrash", "swap-per-second", BYTES, "4MiB", "so much goes out, and comes back"),
          of("swap-thrash", "stalled-percent", PERCENT, "20", "tasks wait for memory so often"),
          of("swap-thrash", "for", DURATION, "30s", "for so long"),
          of("zombie-storm", "zombies", COUNT, "100", "so many zombies on the host"),
          of("zombie-storm", "parent-zombies", COUNT, "10", "a parent with so many is to blame"),
          of("zombie-storm", "for", DURATION, "10s", "for so long"),
          of("d-state-pileup", "processes", COUNT, "10", "so many processes are blocked"),
          of("d-state-pileup", "blocked", DURATION, "5s", "each without a break for so long"),
          of("d-state-pileup", "for", DURATION, "30s", "for so long"),
          of("deadlock-suspected", "unanswered", DURATION, "30s", "somebody waits for it so long"),
          of("deadlock-suspected", "cpu-percent", CORE_PERCENT, "1", "it uses no more of a core"),
          of("deadlock-suspected", "locked-threads", COUNT, "2", "so many wait for one another"),
          of("deadlock-suspected", "for", DURATION, "60s", "for so long"),
          of("load-high", "load", NUMBER, "10", "load average over a minute"),
          of("load-high", "per-cpu", NUMBER, "1", "and so much of it for each CPU"),
          of("load-high", "for", DURATION, "60s", "for so long"),
          of("host-unresponsive", "stalled-percent", PERCENT, "50", "nothing gets on so often"),
          of("host-unresponsive", "late", DURATION, "1s", "medicd's own looks come so late"),
          of("host-unresponsive", "for", DURATION, "30s", "for so long"),
          of("last-resort", "reboot", SWITCH, "off", "restart a host that stays unresponsive"),
          of("last-resort", "for", DURATION, "10m", "after so long"),
          of(
              "io-bottleneck",
              "raise-await",
              DURATION,
              "100ms",
              "requests of a device take so long"),
          of("io-bottleneck", "clear-await", DURATION, "10ms", "and is well again below"),
          of(
              "io-bottleneck",
              "idle-percent",
              PERCENT,
              "1",
              "a device that is used less is not judged"),
          of("io-bottleneck", "for", DURATION, "30s", "for so long"),
          of(
              "net-saturated",
              "raise-percent",
              PERCENT,
              "80",
              "a link carries so much of its speed"),
          of("net-saturated", "clear-percent", PERCENT, "50", "and is well again below"),
          of("net-saturated", "for", DURATION, "30s", "for so long"),
          of("disk-full", "raise-percent", PERCENT, "95", "so much of a file system is used"),
          of("disk-full", "clear-percent", PERCENT, "90", "and is well again below"),
          of("disk-full", "for", DURATION, "10s", "for so long"),
          of("inode-full", "raise-percent", PERCENT, "95", "so many of its inodes are used"),
          of("inode-full", "clear-percent", PERCENT, "90", "and is well again below"),
          of("inode-full", "for", DURATION, "10s", "for so long"),
          of("disk-filling", "within", DURATION, "4h", "at its pace it will be full so soon"),
          of("disk-filling", "for", DURATION, "60s", "for so long"),
          of("fd-leak", "used-percent", PERCENT, "90", "so many of its descriptors are used"),
          of("fd-leak", "within", DURATION, "1h", "or all will be so soon"),
          of("fd-leak", "min-open", COUNT, "256", "and it holds so many"),
          of("fd-leak", "for", DURATION, "60s", "for so long"),
          of("fork-storm", "per-second", COUNT, "100", "so many are born of one lineage"),
          of("fork-storm", "pids-percent", PERCENT, "80", "act only while so many pids are used"),
          of("fork-storm", "for", DURATION, "10s", "for so long"),
          of("pid-exhaustion", "raise-percent", PERCENT, "80", "so many of the pids are used"),
          of("pid-exhaustion", "clear-percent", PERCENT, "60", "and is well again below"),
          of("pid-exhaustion", "unit-percent", PERCENT, "90", "or so many of a unit's own"),
          of("pid-exhaustion", "for", DURATION, "10s", "for so long"),
          of("unit-failed", "for", DURATION, "10s", "for so long"),
          of("unit-flapping", "restarts", COUNT, "5", "so many restarts within 10 minutes"),
          of("unit-flapping", "for", DURATION, "10s", "for so long"),
          of("pool-busy", "cpu-percent", CORE_PERCENT, "80", "its instances use so much of a core"),
          of("pool-busy", "queued", COUNT, "10", "or so many files wait for each"),
          of("pool-busy", "connections", COUNT, "1", "or so many connections wait for each"),
          of("pool-busy", "for", DURATION, "10s", "for so long"),
          of("pool-exhausted", "for", DURATION, "60s", "a busy pool is at its max for so long"),
          of("pool-idle", "cpu-percent", CORE_PERCENT, "30", "its instances use no more of a core"),
          of("pool-idle", "for", DURATION, "5m", "and nothing waits, for so long"));

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
