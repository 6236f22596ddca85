package org.medicd.daemon;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
  private final Function<Duration, Wellness> wellness;
  private Alerts.@Nullable Heartbeat wanted;
  private @Nullable Heartbeat heartbeat;

  /**
   * @param wellness with so much patience
   */
  private Beside(Retelling retelling, Function<Duration, Wellness> wellness) {
    this.retelling = retelling;
    this.wellness = wellness;
  }

  /**
   * Begins.
   *
   * @param sinceTick how long ago the last tick ended
   */
  static Beside begin(Stages stages, Tick tick, Supplier<Duration> sinceTick, InstantSource clock) {
    Settings settings = stages.settings();
    Beside beside =
        new Beside(
            new Retelling(
                () -> stages.dispatcher().repeating(), new StillOpen(stages, tick, clock)),
            patience ->
                new Wellness(
                    sinceTick, settings.tick(), () -> stages.dispatcher().failing(), patience));
    beside.follow(settings.alerts());
    return beside;
  }

  /** Goes on as these want it; a heartbeat that is another begins at once. */
  synchronized void follow(Alerts alerts) {
    if (Objects.equals(alerts.heartbeat(), wanted)) {
      return;
    }
    endHeartbeat();
    wanted = alerts.heartbeat();
    heartbeat =
        wanted == null
            ? null
            : new Heartbeat(
                wanted, new WebClient(Proxies.ofEnvironment()), wellness.apply(wanted.patience()));
  }

  /** The heartbeat among the channels; empty: nobody is called. */
  synchronized Optional<StatusView.Channel> heartbeat() {
    return Optional.ofNullable(heartbeat)
        .map(Heartbeat::count)
        .map(
            count ->
                new StatusView.Channel(
                    "heartbeat", 0, count.called(), count.failed(), null, count.problem()));
  }

  @Override
  public synchronized void close() {
    retelling.close();
    endHeartbeat();
  }

  private void endHeartbeat() {
    if (heartbeat != null) {
      heartbeat.close();
    }
  }
}
