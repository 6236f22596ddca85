package org.medicd.trial;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Settings;
import org.medicd.fact.Fact;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.record.flight.FlightReader;
import org.medicd.rule.RulePack;

/**
 * Runs a recording through rules: which incidents and rungs would there have been? What is done in
 * it changes nothing: the facts are those that were recorded.
 *
 * @param ticks of the recording
 * @param length of the recording
 * @param mode that it was run in
 * @param incidents as they stood at its end, in the order in which they opened
 * @param missing facts that the rules ask for and that the recording has none of: what they say of
 *     these is not known
 */
public record Replay(
    long ticks, Duration length, Mode mode, List<Incident> incidents, Set<String> missing) {
  public Replay {
    incidents = List.copyOf(incidents);
    missing = Set.copyOf(missing);
  }

  /** Opens the recording; it is read twice. */
  public interface Recording {
    InputStream open() throws IOException;
  }

  /**
   * Runs it. Of an action that was really done then, what came of it comes when it came; any other
   * is done at once.
   *
   * @param mode null: that of the recording
   * @throws IOException where it is no recording
   */
  public static Replay of(
      Recording recording, RulePack pack, Settings settings, @Nullable Mode mode)
      throws IOException {
    ReallyDone really = ReallyDone.in(recording);
    try (FlightReader reader = new FlightReader(recording.open())) {
      FlightReader.Frame first = reader.next();
      if (first == null) {
        return new Replay(0, Duration.ZERO, settings.mode(), List.of(), Set.of());
      }
      Mode asked = mode == null ? first.head().mode() : mode;
      Settings then = settings.withMode(asked).withTick(first.head().tick());
      try (Trial trial = new Trial(pack, then)) {
        return run(trial, first, reader, really, asked);
      }
    }
  }

  private static Replay run(
      Trial trial, FlightReader.Frame first, FlightReader reader, ReallyDone really, Mode mode)
      throws IOException {
    Map<String, Incident> incidents = new LinkedHashMap<>();
    Set<String> missing = new TreeSet<>(trial.engine().asked().fields().keySet());
    missing.removeIf(name -> !isFact(name));
    long ticks = 0;
    Duration at = Duration.ZERO;
    for (FlightReader.Frame frame = first; frame != null; frame = reader.next()) {
      Duration now = at.plus(frame.seen().elapsed());
      Trial.Moment moment =
          trial.see(frame.seen(), frame.deeds(), intent -> really.comes(intent, now));
      ticks++;
      moment.changed().forEach(incident -> incidents.put(incident.id(), incident));
      missing.removeAll(typesIn(frame.seen()));
      at = now;
    }
    return new Replay(ticks, at, mode, new ArrayList<>(incidents.values()), missing);
  }

  private static boolean isFact(String name) {
    for (Class<?> type : Fact.class.getPermittedSubclasses()) {
      if (type.getSimpleName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> typesIn(Snapshot seen) {
    Set<String> types = new TreeSet<>();
    types.add("Proc");
    if (seen.host() != null) {
      types.add("Host");
    }
    if (!seen.units().isEmpty()) {
      types.add("Unit");
    }
    seen.facts().forEach(fact -> types.add(fact.getClass().getSimpleName()));
    return types;
  }
}
