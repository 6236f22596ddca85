package org.medicd.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what actions may touch. */
final class ActionsReader {
  private static final long LEAST_JOURNAL_BYTES = 1 << 20;
  private static final Duration MOST_AGE = Duration.ofDays(36_500);

  private static final int MOST_INSTANCES = 1000;
  private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9:_.\\\\-]+@\\.service");

  private ActionsReader() {}

  static ActionSettings read(Section top, ActionSettings defaults) {
    return new ActionSettings(
        vacuum(top.section("vacuum")),
        exec(top.section("exec"), defaults.exec()),
        pools(top.section("pools")));
  }

  private static List<PoolBounds> pools(Section section) {
    List<PoolBounds> pools = new ArrayList<>();
    for (String template : section.keys()) {
      PoolBounds one = pool(template, section, section.section(template));
      if (one != null) {
        pools.add(one);
      }
    }
    return pools;
  }

  private static @Nullable PoolBounds pool(String template, Section pools, Section section) {
    Integer min = section.required("min", Values.count(1, MOST_INSTANCES));
    Integer max = section.required("max", Values.count(1, MOST_INSTANCES));
    Path queue = section.value("queue", Values::absolutePath);
    Integer port = section.value("port", text -> Values.port(text, 1));
    section.rejectOthers();
    if (!TEMPLATE.matcher(template).matches()) {
      pools.problem(template, Quoted.of(template) + " is no template unit, as worker@.service");
      return null;
    }
    if (min == null || max == null) {
      return null;
    }
    if (min > max) {
      String which = Quoted.of(pools.pathOf(template));
      section.problem("min", which + ": min (" + min + ") must not be above max (" + max + ")");
      return null;
    }
    return new PoolBounds(template, min, max, queue, port);
  }

  private static Vacuum vacuum(Section section) {
    Long journal = section.value("journal", Values.size(LEAST_JOURNAL_BYTES));
    boolean tmpfiles = section.value("tmpfiles", Values::onOff, false);
    List<Vacuum.OldFiles> files = new ArrayList<>();
    for (Section item : section.sections("files")) {
      Vacuum.OldFiles one = oldFiles(item);
      if (one != null) {
        files.add(one);
      }
    }
    section.rejectOthers();
    return new Vacuum(journal, tmpfiles, files);
  }

  private static Vacuum.@Nullable OldFiles oldFiles(Section section) {
    Path folder = section.required("folder", Values::folderToClean);
    String glob = section.required("glob", Values::glob);
    Duration age = section.required("older-than", Values.duration(Duration.ofMinutes(1), MOST_AGE));
    section.rejectOthers();
    return folder == null || glob == null || age == null
        ? null
        : new Vacuum.OldFiles(folder, glob, age);
  }

  private static Exec exec(Section section, Exec defaults) {
    Path folder = section.value("folder", Values::absolutePath, defaults.folder());
    String user = section.value("user", Values::text, defaults.user());
    Duration timeout =
        section.value(
            "timeout",
            Values.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
            defaults.timeout());
    section.rejectOthers();
    return new Exec(folder, user, timeout);
  }
}
