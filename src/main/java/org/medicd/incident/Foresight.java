package org.medicd.incident;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.plan.Intent;

/** What people are to know of a rung before it is taken, beyond its name. */
final class Foresight {
  private static final int MOST_NAMES = 10;

  private Foresight() {}

  static @Nullable String of(Intent intent, Snapshot seen) {
    String name = intent.patient().unit();
    Unit unit = name == null ? null : seen.units().get(name);
    return switch (intent.action().kind()) {
      case PAGE -> intent.action().argument();
      case RESTART_UNIT -> unit == null ? null : restart(intent, unit);
      case STOP_UNIT -> unit == null ? null : with(unit.ties().stopsToo(), "stopped with it");
      case START_UNIT -> unit == null ? null : with(unit.ties().startStops(), "stopped for it");
      default -> null;
    };
  }

  /** The note is its end: what became of the restart is told by it if the daemon dies. */
  private static String restart(Intent intent, Unit unit) {
    List<String> parts = new ArrayList<>();
    if (intent.mends()) {
      parts.add("due at once: a signal of ours left the unit down");
    }
    String restarted = with(unit.ties().restartsToo(), "restarted with it");
    if (restarted != null) {
      parts.add(restarted);
    }
    String stopped = with(unit.ties().startStops(), "stopped for it");
    if (stopped != null) {
      parts.add(stopped);
    }
    parts.add(InterruptedRestart.note(unit));
    return String.join("; ", parts);
  }

  private static @Nullable String with(@Nullable List<String> units, String what) {
    if (units == null || units.isEmpty()) {
      return null;
    }
    List<String> some = units.subList(0, Math.min(MOST_NAMES, units.size()));
    int more = units.size() - some.size();
    return what + ": " + String.join(", ", some) + (more == 0 ? "" : " and " + more + " more");
  }
}
