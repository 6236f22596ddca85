package org.medicd.notify.web;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.WebAddress;
import org.medicd.notify.DeliveryException;

/**
 * Calls a web address while medicd is well: whoever waits there for the calls tells people when
 * they end, be it that medicd hangs, that its alerts do not get out, or that the host is gone. The
 * address is read anew for each call, and nobody is told more of it than its host.
 */
public final class Heartbeat implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /**
   * What became of it since the start.
   *
   * @param called so many calls were answered
   * @param failed so many were not
   * @param withheld so often there was none, as medicd was not well
   * @param problem of the last one; null: none
   */
  public record Count(long called, long failed, long withheld, @Nullable String problem) {}

  private final Alerts.Heartbeat settings;
  private final WebClient client;
  private final Supplier<@Nullable String> unwell;
  private final Trouble trouble = new Trouble(LOG, "heartbeat");
  private volatile Count count = new Count(0, 0, 0, null);
  private final Every thread;

  /**
   * Begins.
   *
   * @param unwell what is wrong with medicd, in words; null: nothing
   */
  public Heartbeat(Alerts.Heartbeat settings, WebClient client, Supplier<@Nullable String> unwell) {
    this.settings = settings;
    this.client = client;
    this.unwell = unwell;
    this.thread = new Every("medicd-heartbeat", Duration.ofSeconds(1), this::beat);
  }

  public Count count() {
    return count;
  }

  /** Once; what did not work is tried again soon, however rare the calls are. */
  private Duration beat() {
    Count before = count;
    String illness = unwell.get();
    if (illness != null) {
      String problem = "not called: " + illness;
      count = new Count(before.called(), before.failed(), before.withheld() + 1, problem);
    } else {
      count = call(before);
    }
    trouble.is(count.problem());
    return count.problem() == null || settings.every().compareTo(AGAIN) < 0
        ? settings.every()
        : AGAIN;
  }

  private Count call(Count before) {
    try {
      URI address = address();
      WebClient.Answer answer = client.get(address);
      if (!Answers.isGood(answer)) { // what it says may hold the address
        throw new DeliveryException(address.getHost() + " answered " + answer.status());
      }
      return new Count(before.called() + 1, before.failed(), before.withheld(), null);
    } catch (DeliveryException e) {
      return new Count(before.called(), before.failed() + 1, before.withheld(), e.getMessage());
    }
  }

  /** What is wrong with it is told without it. */
  private URI address() throws DeliveryException {
    try {
      return WebAddress.read(settings.urlFile());
    } catch (IOException e) {
      throw new DeliveryException("address: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
