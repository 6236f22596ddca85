package org.medicd.notify.mail;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.medicd.config.Alerts.MailServer;

/**
 * The mail servers, and which of them to leave alone: one that is dead would cost each mail its
 * timeout, and one that does not let us in may lock us out. Not safe for threads.
 */
final class Servers {
  private static final long REST = Duration.ofMinutes(5).toNanos();

  private final List<MailServer> all;
  private final LongSupplier nanoTime;
  private final Map<MailServer, Long> failedAt = new HashMap<>();

  /**
   * @param nanoTime monotonic
   */
  Servers(List<MailServer> all, LongSupplier nanoTime) {
    this.all = all;
    this.nanoTime = nanoTime;
  }

  /** As they are configured, but those that failed of late come last. */
  List<MailServer> inOrder() {
    long now = nanoTime.getAsLong();
    failedAt.values().removeIf(at -> now - at >= REST);
    return all.stream().sorted(Comparator.comparing(failedAt::containsKey)).toList();
  }

  void failed(MailServer server) {
    failedAt.put(server, nanoTime.getAsLong());
  }

  void worked(MailServer server) {
    failedAt.remove(server);
  }
}
