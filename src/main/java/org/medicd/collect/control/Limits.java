package org.medicd.collect.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.cgroup.Amount;
import org.medicd.linux.cgroup.CpuMax;
import org.medicd.linux.cgroup.Hierarchy;

/**
 * The limits that hold for groups: the tightest of their own and of all above, read once a look.
 */
final class Limits {
  private interface Reader<T> {
    @Nullable T limit(String folder);
  }

  private final GroupFiles files;
  private final Map<String, Optional<Long>> amounts = new HashMap<>();
  private final Map<String, Optional<Double>> quotas = new HashMap<>();

  Limits(GroupFiles files) {
    this.files = files;
  }

  /** Of a file of one number or "max"; null where nothing limits. */
  @Nullable Long amount(Place place, String controller, String file) {
    return tightest(
        place,
        controller,
        file,
        amounts,
        folder -> files.read(folder, file, content -> Amount.parseLimit(file, content)));
  }

  /** Of CPU time, in percent of one core; null where nothing limits. */
  @Nullable Double cpuQuota(Place place) {
    boolean legacy = place.hierarchies().isLegacy("cpu");
    return tightest(
        place,
        "cpu",
        "cpu.max",
        quotas,
        legacy ? this::legacyQuota : folder -> files.read(folder, "cpu.max", CpuMax::parse));
  }

  private @Nullable Double legacyQuota(String folder) {
    String period = files.text(folder, "cpu.cfs_period_us");
    return period == null
        ? null
        : files.read(folder, "cpu.cfs_quota_us", quota -> CpuMax.parse(quota, period));
  }

  private static <T extends Comparable<T>> @Nullable T tightest(
      Place place,
      String controller,
      String file,
      Map<String, Optional<T>> known,
      Reader<T> reader) {
    Hierarchy hierarchy = place.hierarchies().of(controller);
    T tightest = null;
    String path = place.limited(controller);
    while (hierarchy != null && path != null) {
      String folder = hierarchy.folder(path);
      if (folder != null) {
        Optional<T> limit =
            known.computeIfAbsent(
                folder + "/" + file, key -> Optional.ofNullable(reader.limit(folder)));
        tightest = tighter(tightest, limit.orElse(null));
      }
      path = hierarchy.above(path);
    }
    return tightest;
  }

  private static <T extends Comparable<T>> @Nullable T tighter(@Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
