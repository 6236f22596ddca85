package org.medicd.evidence;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Host;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;

/**
 * Who uses most of the CPUs, of memory and of the disks, as medicd saw it last: nothing is read.
 *
 * @param most processes in each list
 */
record TopProcesses(Snapshot seen, int most) implements Part {
  private static final int MOST_OF_A_COMMAND = 200;
  private static final double MIB = 1 << 20;

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public void take(Sheet sheet) {
    Host host = seen.host();
    if (host != null) {
      sheet.line(
          "%d processes, %d zombies, %d blocked; CPUs %s %% busy, memory %s %% used"
              .formatted(
                  host.processes(),
                  host.zombies(),
                  host.blocked(),
                  figure(host.cpuAvg10()),
                  figure(host.memoryUsedPercent())));
    }
    list("by CPU over 10 s", Proc::cpuAvg10, sheet);
    list("by memory", TopProcesses::rssMib, sheet);
    list("by what they read and write", TopProcesses::moved, sheet);
  }

  private void list(String title, Function<Proc, @Nullable Double> by, Sheet sheet) {
    Comparator<Proc> order = comparing(by, nullsFirst(naturalOrder()));
    List<Proc> first =
        seen.processes().values().stream()
            .filter(proc -> isSome(by.apply(proc)))
            .sorted(order.reversed())
            .limit(most)
            .toList();
    if (first.isEmpty()) {
      return;
    }
    sheet.line("");
    sheet.line(title + ":");
    sheet.line(
        "      pid user       s threads  cpu10  cpu60   rss MiB   read/s  write/s unit, command");
    first.forEach(proc -> sheet.line(row(proc)));
  }

  private static boolean isSome(@Nullable Double figure) {
    return figure != null && figure > 0;
  }

  private static String row(Proc proc) {
    return "  %7d %-10s %c %7d %6s %6s %9s %8s %8s %s, %s"
        .formatted(
            proc.id().pid(),
            proc.user() == null ? "?" : proc.user(),
            proc.state().letter(),
            proc.threads(),
            figure(proc.cpuAvg10()),
            figure(proc.cpuAvg60()),
            figure(rssMib(proc)),
            bytes(proc.io().readBytesPerSecond()),
            bytes(proc.io().writeBytesPerSecond()),
            proc.unit() == null ? "-" : proc.unit(),
            command(proc));
  }

  /** What it was called with, secrets masked, else its name in brackets, as ps has it. */
  static String command(Proc proc) {
    String line = proc.commandLine();
    if (line == null || line.isBlank()) {
      return "[" + proc.comm() + "]";
    }
    String masked = Secrets.mask(line);
    return masked.length() > MOST_OF_A_COMMAND
        ? masked.substring(0, MOST_OF_A_COMMAND) + "…"
        : masked;
  }

  private static @Nullable Double rssMib(Proc proc) {
    Long bytes = proc.rssBytes();
    return bytes == null ? null : (Double) (bytes / MIB);
  }

  private static @Nullable Double moved(Proc proc) {
    Double read = proc.io().readBytesPerSecond();
    Double written = proc.io().writeBytesPerSecond();
    return read == null || written == null ? null : (Double) (read + written);
  }

  private static String figure(@Nullable Double value) {
    return value == null ? "?" : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String bytes(@Nullable Double value) {
    return value == null ? "?" : String.format(Locale.ROOT, "%.0f", value);
  }
}
