package org.medicd.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.config.NamePattern;
import org.medicd.config.Selectors;
import org.medicd.fact.Proc;
import org.medicd.plan.Patient;

/**
 * Matches processes against names of the configuration. A process is known by its executable: by
 * the whole path where the pattern has a slash, else by the file's name; never by its comm, which
 * it can choose.
 */
final class Selection {
  private final List<NamePattern> processes;
  private final List<NamePattern> units;
  private final List<NamePattern> users;

  Selection(Selectors selectors) {
    this.processes = selectors.processes().stream().map(NamePattern::of).toList();
    this.units = selectors.units().stream().map(NamePattern::of).toList();
    this.users = selectors.users().stream().map(NamePattern::of).toList();
  }

  boolean isEmpty() {
    return processes.isEmpty() && units.isEmpty() && users.isEmpty();
  }

  /** The first pattern that matches, as "process postgres"; null: none. */
  @Nullable String match(Proc proc) {
    String found = match(proc.executable(), proc.unit(), proc.user());
    return found != null || proc.uid() == null
        ? found
        : named("user", first(users, proc.uid().toString()));
  }

  /** The same for whom an incident is about, as it was when the incident was opened. */
  @Nullable String match(Patient patient) {
    return match(patient.executable(), patient.unit(), patient.user());
  }

  /** The first pattern of a process that the name would match, were it its program's. */
  @Nullable String matchName(@Nullable String comm) {
    return named("process", first(processes, comm));
  }

  private @Nullable String match(
      @Nullable String executable, @Nullable String unit, @Nullable String user) {
    String process = named("process", ofProgram(executable));
    if (process != null) {
      return process;
    }
    String owner = named("unit", first(units, unit));
    return owner != null ? owner : named("user", first(users, user));
  }

  private @Nullable String ofProgram(@Nullable String executable) {
    if (executable == null) {
      return null;
    }
    String file = executable.substring(executable.lastIndexOf('/') + 1);
    for (NamePattern pattern : processes) {
      if (pattern.matches(pattern.isOfPath() ? executable : file)) {
        return pattern.text();
      }
    }
    return null;
  }

  private static @Nullable String first(List<NamePattern> patterns, @Nullable String name) {
    if (name == null) {
      return null;
    }
    for (NamePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return pattern.text();
      }
    }
    return null;
  }

  private static @Nullable String named(String kind, @Nullable String pattern) {
    return pattern == null ? null : kind + " " + pattern;
  }
}
