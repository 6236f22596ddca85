package org.medicd.trial;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;

/**
 * Something that happened in a trial.
 *
 * @param kind symptom, diagnosis, incident or action
 * @param name which
 * @param how the state of an incident, what became of an action; else empty
 * @param about every name of whom it is about; the first is the one to show
 * @param from since the beginning
 * @param to when it ended; null: it did not, or it only happened
 * @param because what it stands on, in words
 */
record Event(
    What.Kind kind,
    String name,
    String how,
    Set<String> about,
    Duration from,
    @Nullable Duration to,
    List<String> because) {

  boolean holdsAt(Duration time) {
    return from.compareTo(time) <= 0 && (to == null || time.compareTo(to) < 0);
  }

  Event endedAt(Duration time) {
    return new Event(kind, name, how, about, from, time, because);
  }

  /** As "diagnosis cpu-runaway on nginx". */
  String what() {
    return (kind == What.Kind.ACTION ? "" : kind.word() + " ")
        + name
        + (how.isEmpty() || how.equals(What.DONE) ? "" : " " + how)
        + about.stream().findFirst().map(who -> " on " + who).orElse("");
  }

  /** When, as "from 10s to 40s" or "at 65s". */
  String when() {
    String begin = Durations.format(from);
    boolean lasts = kind == What.Kind.SYMPTOM || kind == What.Kind.DIAGNOSIS;
    return to != null
        ? "from " + begin + " to " + Durations.format(to)
        : (lasts ? "from " + begin + " on" : "at " + begin);
  }
}
