package org.medicd.collect.census;

import org.medicd.fact.Asked;

/** Which fields of processes that cost something some rule uses. */
record Wanted(
    boolean age,
    boolean cpuAvg60,
    boolean cpuAvg300,
    boolean threadGrowth,
    boolean faults,
    boolean scheduling,
    boolean family,
    boolean storage,
    boolean contextSwitches,
    boolean openFiles,
    boolean openFilesLimit,
    boolean swap,
    boolean cpus,
    boolean oom) {
  static final Wanted NOTHING = of(Asked.NOTHING);

  static Wanted of(Asked asked) {
    Uses proc =
        prefix ->
            asked.fields().getOrDefault("Proc", java.util.Set.of()).stream()
                .anyMatch(field -> field.equals(prefix) || field.startsWith(prefix));
    return new Wanted(
        proc.any("ageSeconds"),
        proc.any("cpuAvg60"),
        proc.any("cpuAvg300"),
        proc.any("threadGrowth"),
        proc.any("io.minorFaults") || proc.any("io.majorFaults"),
        proc.any("scheduling"),
        proc.any("family"),
        proc.any("io.read") || proc.any("io.write"),
        proc.any("io.contextSwitches"),
        proc.any("holdings.openFiles"),
        proc.any("holdings.openFilesLimit")
            || proc.any("holdings.openFilesPercent")
            || proc.any("holdings.openFilesGrowth"),
        proc.any("holdings.swapBytes"),
        proc.any("scheduling.cpus"),
        proc.any("holdings.oom"));
  }

  /** Whether anything must be read beside the tick. */
  boolean samples() {
    return storage || contextSwitches || openFiles || openFilesLimit || swap || cpus || oom;
  }

  /** Whether some of that is a rate, which needs samples that lie close together. */
  boolean rates() {
    return storage || contextSwitches;
  }

  private interface Uses {
    boolean any(String prefix);
  }
}
