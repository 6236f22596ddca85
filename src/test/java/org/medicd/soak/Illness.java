package org.medicd.soak;

import java.util.List;
import java.util.Locale;

/** What may befall somebody, and what medicd is to do about it with the rules that it ships. */
enum Illness {
  BURN("cpu-runaway", List.of("TERM"), After.GONE),
  DEAF("cpu-runaway", List.of("TERM", "KILL"), After.GONE),
  /** Its parent and that one's unit are left alone. */
  PACK("cpu-runaway", List.of("TERM", "TERM", "TERM", "TERM"), After.STAYS),
  /** Each rung but the last ends one of the children, and the next is ill as well. */
  RETURNING("cpu-runaway", List.of("TERM", "KILL"), After.STARTED_ANEW),
  ZOMBIES("zombie-storm", List.of("CHLD"), After.STAYS),
  LITTER("zombie-storm", List.of("CHLD"), After.STARTED_ANEW),
  LEAK("memory-leak", List.of("TERM"), After.GONE),
  FILES("fd-leak", List.of(), After.STARTED_ANEW),
  /** Burns for a while, and is protected. */
  GUARDED("cpu-runaway", List.of(), After.STAYS),
  /** A file system that old files fill. */
  DISK("disk-full", List.of(), After.CLEANED);

  /** What is left of it in the end. */
  enum After {
    GONE,
    STAYS,
    STARTED_ANEW,
    CLEANED
  }

  private final String diagnosis;
  private final List<String> signals;
  private final After after;

  Illness(String diagnosis, List<String> signals, After after) {
    this.diagnosis = diagnosis;
    this.signals = signals;
    this.after = after;
  }

  String diagnosis() {
    return diagnosis;
  }

  /** The signals of its ladder, in order. */
  List<String> signals() {
    return signals;
  }

  After after() {
    return after;
  }

  /**
   * What is wrong with these signals of medicd's; empty: nothing.
   *
   * @param sent their names, in order
   * @param doubt medicd was ended meanwhile: what was in doubt may have been left out, and is never
   *     done twice
   */
  String complaint(List<String> sent, boolean doubt) {
    boolean fits = doubt ? isPart(sent) : sent.equals(signals);
    return fits ? "" : "the signals " + sent + " and not " + signals;
  }

  private boolean isPart(List<String> sent) {
    int at = 0;
    for (String each : sent) {
      while (at < signals.size() && !signals.get(at).equals(each)) {
        at++;
      }
      if (at++ >= signals.size()) {
        return false;
      }
    }
    return true;
  }

  /** What the program patient calls it. */
  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
