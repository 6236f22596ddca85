package org.medicd.daemon;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.api.StatusView;
import org.medicd.config.Alerts;
import org.medicd.config.Settings;
import org.medicd.notify.Proxies;
import org.medicd.notify.web.Heartbeat;
import org.medicd.notify.web.Retelling;
import org.medicd.notify.web.WebClient;

/** What others hear of medicd beside the letters: that it is well, and again what is open. */
final class Beside implements AutoCloseable {
  private final Retelling retelling;
  private final @Nullable Heartbeat heartbeat;

  private Beside(Retelling retelling, @Nullable Heartbeat heartbeat) {
    this.retelling = retelling;
    this.heartbeat = heartbeat;
  }

  /**
   * Begins.
   *
   * @param sinceTick how long ago the last tick ended
   */
  static Beside begin(Stages stages, Tick tick, Supplier<Duration> sinceTick, InstantSource clock) {
    Settings settings = stages.settings();
    Alerts.Heartbeat wanted = settings.alerts().heartbeat();
    return new Beside(
        new Retelling(() -> stages.dispatcher().repeating(), new StillOpen(stages, tick, clock)),
        wanted == null
            ? null
            : new Heartbeat(
                wanted,
                new WebClient(Proxies.ofEnvironment()),
                new Wellness(sinceTick, settings.tick(), () -> stages.dispatcher().failing())));
  }

  /** The heartbeat among the channels; empty: nobody is called. */
  Optional<StatusView.Channel> heartbeat() {
    return Optional.ofNullable(heartbeat)
        .map(Heartbeat::count)
        .map(
            count ->
                new StatusView.Channel(
                    "heartbeat", 0, count.called(), count.failed(), null, count.problem()));
  }

  @Override
  public void close() {
    retelling.close();
    if (heartbeat != null) {
      heartbeat.close();
    }
  }
}
