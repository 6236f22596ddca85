package org.medicd.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;

/** Services that find nothing and do nothing, for tests of others. */
public final class NoServices {
  private NoServices() {}

  public static Services but(Checks checks, DaemonStarter starter) {
    Alerting alerting =
        (configuration, channel, show) -> {
          throw new AssertionError("nobody asked for it");
        };
    return but(checks, alerting, starter);
  }

  static Services but(Checks checks, Alerting alerting, DaemonStarter starter) {
    Recordings recordings =
        (runtime, out) -> {
          throw new AssertionError("nobody asked for it");
        };
    return new Services(checks, new NoCompiling(), new NoTrials(), recordings, alerting, starter);
  }

  private static final class NoTrials implements Trials {
    @Override
    public List<String> test(
        @Nullable Path configuration, List<Path> rules, Path folder, Consumer<Tried> each) {
      return List.of();
    }

    @Override
    public Replayed replay(
        @Nullable Path configuration, List<Path> rules, Path recording, @Nullable Mode mode) {
      return new Replayed(List.of(), 0, Duration.ZERO, Mode.OBSERVE, List.of(), List.of());
    }
  }
}
