package org.medicd.notify.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Repeating;
import org.medicd.plan.Notice;

/** Tells those receivers of what is open that forget it else; beside the letters, every minute. */
public final class Retelling implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Retelling.class.getName());
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Supplier<List<Repeating>> channels;
  private final Function<String, List<Notice>> open;
  private final Duration period;
  private final Map<String, Trouble> troubles = new HashMap<>();
  private final Every thread;

  /**
   * Begins.
   *
   * @param channels whom to tell
   * @param open what the channel of that name is to be told again
   */
  public Retelling(Supplier<List<Repeating>> channels, Function<String, List<Notice>> open) {
    this(channels, open, MINUTE);
  }

  Retelling(
      Supplier<List<Repeating>> channels, Function<String, List<Notice>> open, Duration period) {
    this.channels = channels;
    this.open = open;
    this.period = period;
    this.thread = new Every("medicd-retelling", period, this::tell);
  }

  private Duration tell() {
    for (Repeating channel : channels.get()) {
      Trouble trouble =
          troubles.computeIfAbsent(
              channel.name(), name -> new Trouble(LOG, name + ", telling it again what is open"));
      try {
        channel.repeat(open.apply(channel.name()));
        trouble.is(null);
      } catch (DeliveryException e) {
        trouble.is(e.getMessage());
      }
    }
    return period;
  }

  @Override
  public void close() {
    thread.close();
  }
}
