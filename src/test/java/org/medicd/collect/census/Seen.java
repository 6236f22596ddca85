package org.medicd.collect.census;

import java.util.Objects;
import org.medicd.fact.Host;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;

/** What a test knows to be in a snapshot. */
final class Seen {
  private Seen() {}

  static Proc process(Snapshot snapshot, int pid) {
    return Objects.requireNonNull(snapshot.processes().get(pid), "pid " + pid);
  }

  static Host host(Snapshot snapshot) {
    return Objects.requireNonNull(snapshot.host(), "host");
  }
}
