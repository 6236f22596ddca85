package org.medicd.plan;

import java.time.Instant;
import java.util.List;

/**
 * A maintenance window of the configuration that is open.
 *
 * @param name what it is for
 * @param match which incidents it is about; all of these must match; empty: all incidents
 * @param until when it ends; where it opens anew at once, when the last of them in a row ends
 */
public record Maintenance(String name, List<String> match, Instant until) {
  public Maintenance {
    match = List.copyOf(match);
  }

  /** As: maintenance window "patches" until 2026-01-02T03:04:05Z. */
  public String words() {
    return "maintenance window \"" + name + "\" until " + until;
  }
}
