package org.medicd.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;

/** What a scenario wants of the rules. */
sealed interface Expectation {
  /** Where it is written. */
  int line();

  /** As it is written. */
  String text();

  /** What it speaks of: a name that no rule knows could never happen. */
  List<What> about();

  /** What was wrong with a run, in words; null: nothing. */
  @Nullable String missed(History history);

  /** What should have happened, to be explained, and until when; null where it should not have. */
  default @Nullable What wanted(History history) {
    return null;
  }

  /** The last moment that it speaks of. */
  default Duration time() {
    return Duration.ZERO;
  }

  /** One that speaks of a single thing. */
  sealed interface OfOne extends Expectation {
    What what();

    @Override
    default List<What> about() {
      return List.of(what());
    }
  }

  /** It happens at that time or before. */
  record By(int line, Duration time, What what) implements OfOne {
    @Override
    public String text() {
      return "by " + Durations.format(time) + ": " + what;
    }

    @Override
    public @Nullable String missed(History history) {
      List<Event> all = history.all(what);
      return all.stream().anyMatch(each -> each.from().compareTo(time) <= 0)
          ? null
          : all.isEmpty() ? "it never happened" : "it happened too late: " + all.get(0).when();
    }

    @Override
    public @Nullable What wanted(History history) {
      return history.all(what).isEmpty() ? what : null;
    }
  }

  /** It happens, if at all, at that time or later. */
  record NotBefore(int line, Duration time, What what) implements OfOne {
    @Override
    public String text() {
      return "not before " + Durations.format(time) + ": " + what;
    }

    @Override
    public @Nullable String missed(History history) {
      return happened(history, what, event -> event.from().compareTo(time) < 0);
    }
  }

  /** It holds at that time, or does not. */
  record At(int line, Duration time, boolean holds, What what) implements OfOne {
    @Override
    public String text() {
      return "at " + Durations.format(time) + ": " + (holds ? "" : "no ") + what;
    }

    @Override
    public @Nullable String missed(History history) {
      Predicate<Event> then = event -> event.holdsAt(time);
      return holds
          ? (history.all(what).stream().anyMatch(then) ? null : "it did not hold")
          : happened(history, what, then);
    }

    @Override
    public @Nullable What wanted(History history) {
      return holds ? what : null;
    }
  }

  /** It does not happen at all. */
  record Never(int line, What what) implements OfOne {
    @Override
    public String text() {
      return "never: " + what;
    }

    @Override
    public @Nullable String missed(History history) {
      return happened(history, what, event -> true);
    }
  }

  /**
   * Actions are done in this order.
   *
   * @param exactly nothing else is done
   */
  record Rungs(int line, boolean exactly, @Nullable String subject, List<What> wanted)
      implements Expectation {
    public Rungs {
      wanted = List.copyOf(wanted);
    }

    @Override
    public String text() {
      List<String> names = wanted.stream().map(What::toString).toList();
      return (exactly ? "exactly" : "rungs")
          + (subject == null ? "" : " on " + subject)
          + ": "
          + String.join(", ", names);
    }

    @Override
    public List<What> about() {
      return wanted;
    }

    private List<Event> done(History history) {
      return history.all(new What(What.Kind.ACTION, null, What.DONE, subject));
    }

    @Override
    public @Nullable String missed(History history) {
      List<Event> done = done(history);
      boolean good =
          exactly
              ? done.stream().map(Event::name).toList().equals(names())
              : firstMissing(done) == null;
      List<String> words = new ArrayList<>();
      done.forEach(each -> words.add(each.name() + " " + each.when()));
      return good ? null : words.isEmpty() ? "nothing was done" : String.join(", ", words);
    }

    private List<String> names() {
      return wanted.stream().map(What::name).map(String::valueOf).toList();
    }

    private @Nullable What firstMissing(List<Event> done) {
      int next = 0;
      for (Event event : done) {
        if (next < wanted.size() && wanted.get(next).matches(event)) {
          next++;
        }
      }
      return next == wanted.size() ? null : wanted.get(next);
    }

    @Override
    public @Nullable What wanted(History history) {
      return firstMissing(done(history));
    }
  }

  private static @Nullable String happened(History history, What what, Predicate<Event> unwanted) {
    return history.all(what).stream()
        .filter(unwanted)
        .findFirst()
        .map(
            event ->
                "it happened "
                    + event.when()
                    + (event.because().isEmpty() ? "" : ": " + String.join("; ", event.because())))
        .orElse(null);
  }
}
