package org.medicd.collect.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.ProcessId;

/** What a collector is told of the tick, for tests. */
final class Scenes {
  private Scenes() {}

  static Scene now(LongSupplier clock) {
    return about(clock, Set.of());
  }

  static Scene about(LongSupplier clock, Set<ProcessId> suspects) {
    return new Scene(clock.getAsLong(), Instant.EPOCH, Map.of(), List.of(), suspects, new Gaps());
  }
}
