package org.medicd.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.AspectReport;
import org.medicd.fact.Gap;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Mode;
import org.medicd.plan.Pause;
import org.medicd.plan.Silence;
import org.medicd.record.StoreHealth;

/**
 * How the daemon does.
 *
 * @param version of medicd
 * @param mode the furthest that it goes
 * @param paused a person told it to do nothing
 * @param since when it began to watch
 * @param ticks looks so far
 * @param lastTickMillis how long the last one took
 * @param tickTimes how long the last ticks took, part by part
 * @param processes seen in the last tick
 * @param aspects what else is looked at, because a rule asks for it, and how the last look went
 * @param gaps what could not be seen, the first {@link #MAX_GAPS} of them
 * @param gapCount how many there are
 * @param openIncidents how many
 * @param rules how many are loaded and not set aside
 * @param rulesSetAside names of those that threw or looped
 * @param shadow those that are only tried; null: none
 * @param channels who is told
 * @param store null: there is none
 * @param heldDescriptors files that are held open to know processes again
 * @param pause who paused it, and why; null: nobody
 * @param silences those that hold
 * @param breaker for how many more seconds the circuit breaker holds everything back; null: it does
 *     not
 * @param maintenance windows that are open
 */
public record StatusView(
    String version,
    Mode mode,
    boolean paused,
    Instant since,
    long ticks,
    double lastTickMillis,
    TickTimes tickTimes,
    int processes,
    List<AspectReport> aspects,
    List<Gap> gaps,
    int gapCount,
    int openIncidents,
    int rules,
    List<String> rulesSetAside,
    @Nullable Shadow shadow,
    List<Channel> channels,
    @Nullable StoreHealth store,
    int heldDescriptors,
    @Nullable Pause pause,
    List<Silence> silences,
    @Nullable Long breaker,
    List<Maintenance> maintenance) {
  public static final int MAX_GAPS = 20;

  /**
   * How long ticks took.
   *
   * @param ticks how many this stands on
   * @param collect looking at the host
   * @param rule telling the rules and asking them
   * @param rest ladders, guards, the journal
   * @param whole all of it
   */
  public record TickTimes(int ticks, Spread collect, Spread rule, Spread rest, Spread whole) {}

  /** Half of the ticks took at most the median, 99 of 100 at most p99; in milliseconds. */
  public record Spread(double medianMillis, double p99Millis) {}

  /**
   * Rules that are only tried.
   *
   * @param rules how many
   * @param incidents that they would have opened, of late
   */
  public record Shadow(int rules, int incidents) {}

  /**
   * A way to tell people.
   *
   * @param pending what waits, or is being delivered
   * @param delivered since the start
   * @param failed given up since the start
   * @param failingSince when the first try failed of which none was better; null: it gets through,
   *     or was not tried yet
   * @param problem why the last try failed; null: it did not
   */
  public record Channel(
      String name,
      int pending,
      long delivered,
      long failed,
      @Nullable Instant failingSince,
      @Nullable String problem) {}

  public StatusView {
    aspects = List.copyOf(aspects);
    gaps = List.copyOf(gaps.subList(0, Math.min(gaps.size(), MAX_GAPS)));
    rulesSetAside = List.copyOf(rulesSetAside);
    channels = List.copyOf(channels);
    silences = List.copyOf(silences);
    maintenance = List.copyOf(maintenance);
  }
}
