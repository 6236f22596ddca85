package org.medicd.trial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medicd.plan.Deed;
import org.medicd.plan.Intent;
import org.medicd.record.flight.FlightReader;

/** What the daemon did while a recording was made, and when it knew what came of it. */
final class ReallyDone {
  private record At(long tick, Deed deed) {}

  private final List<At> deeds = new ArrayList<>();

  private ReallyDone() {}

  static ReallyDone in(Replay.Recording recording) throws IOException {
    ReallyDone really = new ReallyDone();
    try (FlightReader reader = new FlightReader(recording.open())) {
      long tick = 0;
      for (FlightReader.Frame frame = reader.next(); frame != null; frame = reader.next()) {
        for (Deed deed : frame.deeds()) {
          really.deeds.add(new At(tick, deed));
        }
        tick++;
      }
    }
    return really;
  }

  /** Whether what came of this action is told after that tick. */
  boolean comes(Intent intent, long tick) {
    return deeds.stream().anyMatch(each -> each.tick() > tick && each.deed().answers(intent));
  }
}
