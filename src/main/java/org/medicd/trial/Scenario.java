package org.medicd.trial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.medicd.config.Settings;

/**
 * Facts over time and what is expected of the rules.
 *
 * @param file where it is written
 * @param line of its name
 * @param name one sentence
 * @param settings it runs with
 * @param changes of the facts
 * @param expectations what must happen, or must not
 * @param lasts how long it runs
 */
public record Scenario(
    Path file,
    int line,
    String name,
    Settings settings,
    List<Change> changes,
    List<Expectation> expectations,
    Duration lasts) {
  public Scenario {
    changes = List.copyOf(changes);
    expectations = List.copyOf(expectations);
  }

  /**
   * Facts that change together.
   *
   * @param line where it is written
   * @param when it happens
   * @param edits what is said
   */
  record Change(int line, When when, List<FactEdit> edits) {
    Change {
      edits = List.copyOf(edits);
    }
  }

  /** When facts change. */
  sealed interface When {
    /** So long after the beginning. */
    record At(Duration time) implements When {}

    /** In the look after this was done for the first time. */
    record After(What done) implements When {}
  }

  @Override
  public String toString() {
    return name;
  }
}
