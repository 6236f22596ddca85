package org.medicd.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;
import org.medicd.notify.Failing;

/**
 * Whether medicd does what it is there for: it looks at the host, and what it has to tell gets out.
 * Letters that wait for a group or for the end of quiet hours are no illness.
 */
final class Wellness implements Supplier<@Nullable String> {
  private static final int TICKS = 5;
  private static final Duration AT_LEAST = Duration.ofSeconds(10);

  private final Supplier<Duration> sinceTick;
  private final Supplier<Optional<Failing>> failing;
  private final Duration longest;
  private final Duration patience;

  /**
   * @param sinceTick how long ago the last tick ended
   * @param period from one tick to the next
   * @param failing the channel that has failed for longest
   * @param patience for so long it may
   */
  Wellness(
      Supplier<Duration> sinceTick,
      Duration period,
      Supplier<Optional<Failing>> failing,
      Duration patience) {
    this.sinceTick = sinceTick;
    this.failing = failing;
    this.patience = patience;
    Duration some = period.multipliedBy(TICKS);
    this.longest = some.compareTo(AT_LEAST) < 0 ? AT_LEAST : some;
  }

  /** What is wrong, in words; null: nothing. */
  @Override
  public @Nullable String get() {
    Duration since = sinceTick.get();
    if (since.compareTo(longest) > 0) {
      return "no tick has ended for " + Durations.format(Duration.ofSeconds(since.toSeconds()));
    }
    return failing
        .get()
        .filter(each -> each.lasts().compareTo(patience) > 0)
        .map(Wellness::words)
        .orElse(null);
  }

  private static String words(Failing failing) {
    Duration whole = Duration.ofSeconds(failing.lasts().toSeconds());
    return failing.channel() + " has delivered nothing for " + Durations.format(whole);
  }
}
