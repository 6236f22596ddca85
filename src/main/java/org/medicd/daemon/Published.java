package org.medicd.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Assessment;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;

/**
 * What the last tick leaves for other threads to read; all of it immutable.
 *
 * @param tick how many there have been
 * @param seen its facts
 * @param assessed what the rules hold
 * @param open incidents that are open
 * @param mode how far medicd goes now
 * @param orders what people told it
 * @param took how long the tick took
 * @param now its monotonic time
 */
record Published(
    long tick,
    Snapshot seen,
    Assessment assessed,
    List<Incident> open,
    Mode mode,
    Orders orders,
    Duration took,
    Duration now) {

  /** One line for systemctl status. */
  String words() {
    int incidents = open.size();
    return (orders.pause() != null ? "paused, mode " : "watching, mode ")
        + mode.name().toLowerCase(Locale.ROOT)
        + (incidents == 0
            ? ", no incident open"
            : incidents == 1 ? ", 1 incident open" : ", " + incidents + " incidents open");
  }
}
