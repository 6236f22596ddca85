package org.medicd.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;

/** Tries rules on facts that were written down or recorded. */
public interface Trials {
  /**
   * What came of one scenario.
   *
   * @param place file and line
   * @param name one sentence
   * @param millis how long it took
   * @param failures the words of each, a line each; empty: all was as expected
   */
  record Tried(String place, String name, long millis, List<List<String>> failures) {}

  /**
   * What came of a recording.
   *
   * @param problems that kept it from being run, a line each
   * @param ticks of the recording
   * @param length of the recording
   * @param mode that it was run in
   * @param incidents as they stood at its end
   * @param missing facts that the rules ask for and that the recording has none of
   */
  record Replayed(
      List<String> problems,
      long ticks,
      Duration length,
      Mode mode,
      List<Incident> incidents,
      List<String> missing) {}

  /**
   * Runs every scenario below a folder.
   *
   * @param configuration null: the default one, or the defaults where there is none
   * @param rules folders in place of the configured ones; empty: those, and this folder's own
   * @param each is given what came of each
   * @return problems that kept scenarios from being run, a line each
   */
  List<String> test(
      @Nullable Path configuration, List<Path> rules, Path folder, Consumer<Tried> each);

  /**
   * Runs a recording.
   *
   * @param configuration null: the default one, or the defaults where there is none
   * @param rules folders in place of the configured ones; empty: those
   * @param mode null: that of the recording
   */
  Replayed replay(
      @Nullable Path configuration, List<Path> rules, Path recording, @Nullable Mode mode);
}
