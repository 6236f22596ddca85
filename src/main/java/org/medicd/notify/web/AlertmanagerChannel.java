package org.medicd.notify.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Repeating;
import org.medicd.plan.Notice;

/**
 * Tells Prometheus Alertmanager, which groups, silences and routes by itself. It keeps alerts in
 * memory, and takes those for resolved that it does not hear of for a while (its resolve_timeout):
 * so all that is open is told again and again. An end is a letter, which waits until Alertmanager
 * is there, and is told again for a quarter of an hour: Alertmanager may end between taking it and
 * telling it on, and Prometheus does the same. What needs a person and is closed as it begins is
 * told with an end that is to come ({@link AlertmanagerAlert#CALL_LASTS}), and again until then.
 */
final class AlertmanagerChannel extends WebhookChannel implements Repeating {
  private static final long RETOLD_NANOS = Duration.ofMinutes(15).toNanos();
  private static final int MOST_REMEMBERED = 10_000;

  /**
   * An incident that was told of.
   *
   * @param labels under which; they stay, though a process may take another name
   * @param end what was told when it was over; null: it is open
   * @param lastNanos that is told again until then
   */
  private record Told(JsonObject labels, @Nullable JsonObject end, long lastNanos) {}

  private final LongSupplier nanos;
  private final Map<String, Told> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  AlertmanagerChannel(Alerts.Webhook settings, WebClient client, InstantSource clock) {
    this(settings, client, clock, System::nanoTime);
  }

  AlertmanagerChannel(
      Alerts.Webhook settings, WebClient client, InstantSource clock, LongSupplier nanos) {
    super(settings, client, clock);
    this.nanos = nanos;
  }

  @Override
  synchronized List<JsonElement> documents(Letter letter) {
    JsonArray alerts = new JsonArray();
    letter.notices().forEach(each -> alerts.add(alert(each)));
    return List.of(alerts);
  }

  /** One at a time, or what is open could be told after its end. */
  @Override
  public synchronized @Nullable String deliver(Letter letter) throws DeliveryException {
    Map<String, Told> known = new LinkedHashMap<>();
    JsonArray alerts = new JsonArray();
    for (Notice notice : letter.notices()) {
      JsonObject alert = alert(notice);
      alerts.add(alert);
      known.put(notice.incident().id(), told(notice, alert));
    }
    postAlerts(alerts);
    told.putAll(known);
    return null;
  }

  @Override
  public synchronized void repeat(List<Notice> open) throws DeliveryException {
    long now = nanos.getAsLong();
    told.values().removeIf(each -> each.end() != null && now - each.lastNanos() > 0);
    JsonArray alerts = new JsonArray();
    for (Notice notice : open) {
      Told before = told.get(notice.incident().id());
      if (before == null || before.end() == null) {
        alerts.add(alert(notice));
      }
    }
    told.values().stream()
        .filter(each -> each.end() != null)
        .forEach(each -> alerts.add(each.end()));
    if (!alerts.isEmpty()) {
      postAlerts(alerts);
    }
  }

  private JsonObject alert(Notice notice) {
    return AlertmanagerAlert.of(notice, labels(notice), clock().instant());
  }

  private Told told(Notice notice, JsonObject alert) {
    boolean over = notice.incident().state().isClosed();
    long lasts = notice.isCall() ? AlertmanagerAlert.CALL_LASTS.toNanos() : 0;
    long last = nanos.getAsLong() + lasts + RETOLD_NANOS;
    return new Told(alert.getAsJsonObject("labels"), over ? alert : null, last);
  }

  private JsonObject labels(Notice notice) {
    Told before = told.get(notice.incident().id());
    return before == null ? AlertmanagerAlert.labels(notice) : before.labels();
  }

  private void postAlerts(JsonArray alerts) throws DeliveryException {
    String token = secret();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    if (token != null) {
      if (!token.matches("[!-~]+")) { // or the JDK would refuse the header, and quote it
        throw new DeliveryException("the token of " + name() + " cannot stand in a header");
      }
      headers.put("Authorization", "Bearer " + token);
    }
    post(headers, text(alerts), token);
  }
}
