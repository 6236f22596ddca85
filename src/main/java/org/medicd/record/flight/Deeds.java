package org.medicd.record.flight;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medicd.plan.Deed;
import org.medicd.plan.Outcome;

/** How what was done in a tick is written. */
final class Deeds {
  private static final int MOST = 100_000;

  private Deeds() {}

  static void write(List<Deed> deeds, ByteSink out, FactWriter facts) {
    out.count(deeds.size());
    for (Deed deed : deeds) {
      out.text(deed.diagnosis());
      facts.subject(deed.subject());
      out.text(deed.action());
      out.text(deed.outcome().getClass().getSimpleName());
      out.text(detail(deed.outcome()));
    }
  }

  private static String detail(Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      return done.detail();
    } else if (outcome instanceof Outcome.Vanished vanished) {
      return vanished.why();
    } else if (outcome instanceof Outcome.Failed failed) {
      return failed.why();
    } else if (outcome instanceof Outcome.TimedOut timedOut) {
      return timedOut.why();
    }
    return ((Outcome.InDoubt) outcome).why();
  }

  static List<Deed> read(ByteSource in, FactReader facts) throws IOException {
    List<Deed> deeds = new ArrayList<>();
    for (int left = in.index(MOST); left > 0; left--) {
      deeds.add(new Deed(in.text(), facts.subject(), in.text(), outcome(in.text(), in.text())));
    }
    return List.copyOf(deeds);
  }

  private static Outcome outcome(String kind, String detail) throws IOException {
    return switch (kind) {
      case "Done" -> new Outcome.Done(detail);
      case "Vanished" -> new Outcome.Vanished(detail);
      case "Failed" -> new Outcome.Failed(detail);
      case "TimedOut" -> new Outcome.TimedOut(detail);
      case "InDoubt" -> new Outcome.InDoubt(detail);
      default -> throw new IOException("the recording is damaged: no outcome is called " + kind);
    };
  }
}
