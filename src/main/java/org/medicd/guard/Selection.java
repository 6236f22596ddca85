package org.medicd.guard;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Selectors;
import org.medicd.plan.Patient;

/**
 * Matches patients against names of the configuration. Patterns may hold * and ?. A process is
 * known by its executable: by the whole path where the pattern has a slash, else by the file's
 * name; never by its comm, which it can choose, unless the path is unknown.
 */
final class Selection {
  private Selection() {}

  /** The first pattern that matches, as "process postgres"; null: none. */
  static @Nullable String match(Selectors selectors, Patient patient) {
    String program = patient.executable() != null ? patient.executable() : patient.comm();
    String process = first(selectors.processes(), program, true);
    if (process != null) {
      return "process " + process;
    }
    String unit = first(selectors.units(), patient.unit(), false);
    if (unit != null) {
      return "unit " + unit;
    }
    String user = first(selectors.users(), patient.user(), false);
    return user == null ? null : "user " + user;
  }

  private static @Nullable String first(
      List<String> patterns, @Nullable String name, boolean path) {
    if (name == null) {
      return null;
    }
    for (String pattern : patterns) {
      boolean whole = !path || pattern.contains("/");
      if (matches(pattern, whole ? name : fileName(name))) {
        return pattern;
      }
    }
    return null;
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static boolean matches(String pattern, String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
  }
}
