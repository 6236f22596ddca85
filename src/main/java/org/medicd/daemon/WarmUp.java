package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.record.flight.FlightReader;
import org.medicd.record.flight.FlightRecorder;

/**
 * Takes new rules through the last minutes, as the flight recorder has them: durations and raised
 * levels are then where they were. What they propose on the way is heard by nobody.
 */
final class WarmUp {
  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

  /** Nobody knows what was in a longer pause of the daemon: nothing has lasted through it. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Path recording;
  private final String boot;
  private final InstantSource clock;

  /**
   * @param recording folder of the flight recorder
   * @param boot id of this boot: an earlier one says nothing
   * @param clock tells how long ago the recording ends
   */
  WarmUp(Path recording, String boot, InstantSource clock) {
    this.recording = recording;
    this.boot = boot;
    this.clock = clock;
  }

  /** Rules that know of the last minutes; where these cannot be read, rules that begin. */
  LoadedRules of(Supplier<LoadedRules> fresh) {
    LoadedRules rules = fresh.get();
    long ticks = 0;
    try (FlightReader reader = new FlightReader(FlightRecorder.open(recording))) {
      FlightReader.Frame before = null;
      for (FlightReader.Frame frame = reader.next(); frame != null; frame = reader.next()) {
        if (!frame.head().boot().equals(boot)) {
          continue;
        }
        if (isLongAfter(frame, before)) {
          rules.close();
          rules = fresh.get();
        }
        rules.see(frame.seen());
        before = frame;
        ticks++;
      }
      if (before != null && isLong(Duration.between(before.seen().at(), clock.instant()))) {
        rules.close();
        rules = fresh.get();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "new rules do not know of the last minutes: " + e.getMessage());
      if (ticks > 0) {
        rules.close();
        rules = fresh.get();
      }
    }
    rules.haveSeenThePast();
    return rules;
  }

  /** Within a segment each tick tells itself how long ago the one before was. */
  private static boolean isLongAfter(FlightReader.Frame now, FlightReader.@Nullable Frame before) {
    if (before == null || before.head().equals(now.head())) {
      return false;
    }
    Duration between = Duration.between(before.seen().at(), now.seen().at());
    return isLong(between.minus(now.seen().elapsed()));
  }

  /** By the wall clock: where that was set back meanwhile, nobody knows how long it was. */
  private static boolean isLong(Duration unseen) {
    return unseen.abs().compareTo(LONGEST_PAUSE) > 0;
  }
}
