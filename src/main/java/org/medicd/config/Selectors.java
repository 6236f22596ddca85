package org.medicd.config;

import java.util.List;

/**
 * Names and patterns that select whom medicd may treat, or must not.
 *
 * @param processes executables by path or name
 * @param units systemd units, as nginx.service or db@*.service
 * @param users by name or number
 */
public record Selectors(List<String> processes, List<String> units, List<String> users) {
  /** Selects nobody. */
  public static final Selectors NONE = new Selectors(List.of(), List.of(), List.of());

  public Selectors {
    processes = List.copyOf(processes);
    units = List.copyOf(units);
    users = List.copyOf(users);
  }

  public boolean isEmpty() {
    return processes.isEmpty() && units.isEmpty() && users.isEmpty();
  }
}
