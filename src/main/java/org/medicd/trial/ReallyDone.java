package org.medicd.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medicd.plan.Deed;
import org.medicd.plan.Intent;
import org.medicd.record.flight.FlightReader;

/** What the daemon did while a recording was made, and when it knew what came of it. */
final class ReallyDone {
  private record At(Duration time, Deed deed) {}

  /** No action takes longer; what is told later was another one. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final List<At> deeds = new ArrayList<>();

  private ReallyDone() {}

  static ReallyDone in(Replay.Recording recording) throws IOException {
    ReallyDone really = new ReallyDone();
    try (FlightReader reader = new FlightReader(recording.open())) {
      Duration time = Duration.ZERO;
      for (FlightReader.Frame frame = reader.next(); frame != null; frame = reader.next()) {
        time = time.plus(frame.seen().elapsed());
        for (Deed deed : frame.deeds()) {
          really.deeds.add(new At(time, deed));
        }
      }
    }
    return really;
  }

  /** Whether what came of this action is told soon after that time. */
  boolean comes(Intent intent, Duration time) {
    return deeds.stream()
        .filter(each -> each.deed().answers(intent))
        .map(each -> each.time().minus(time))
        .anyMatch(wait -> wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(LONGEST) <= 0);
  }
}
