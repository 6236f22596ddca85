package org.medicd.notify.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * telling it on, and Prometheus does the same.
 */
final class AlertmanagerChannel extends WebhookChannel implements Repeating {
  private static final long RETOLD_NANOS = Duration.ofMinutes(15).toNanos();
  private static final int MOST_REMEMBERED = 10_000;

  /**
   * An incident that was told of.
   *
   * @param labels under which; they stay, though a process may take another name
   * @param end what was told when it was over; null: it is open
   */
  private record Told(JsonObject labels, @Nullable JsonObject end, long endNanos) {}

  private final Map<String, Told> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  AlertmanagerChannel(Alerts.Webhook settings, WebClient client, InstantSource clock) {
    super(settings, client, clock);
  }

  @Override
  synchronized List<JsonElement> documents(Letter letter) {
    JsonArray alerts = new JsonArray();
    letter.notices().forEach(each -> alerts.add(AlertmanagerAlert.of(each, labels(each))));
    return List.of(alerts);
  }

  /** One at a time, or what is open could be told after its end. */
  @Override
  public synchronized @Nullable String deliver(Letter letter) throws DeliveryException {
    Map<String, Told> known = new LinkedHashMap<>();
    JsonArray alerts = new JsonArray();
    for (Notice notice : letter.notices()) {
      JsonObject labels = labels(notice);
      JsonObject alert = AlertmanagerAlert.of(notice, labels);
      alerts.add(alert);
      boolean over = notice.incident().state().isClosed();
      known.put(notice.incident().id(), new Told(labels, over ? alert : null, System.nanoTime()));
    }
    postAlerts(alerts);
    told.putAll(known);
    return null;
  }

  @Override
  public synchronized void repeat(List<Notice> open) throws DeliveryException {
    long now = System.nanoTime();
    told.values().removeIf(each -> each.end() != null && now - each.endNanos() > RETOLD_NANOS);
    JsonArray alerts = new JsonArray();
    for (Notice notice : open) {
      Told before = told.get(notice.incident().id());
      if (before == null || before.end() == null) {
        alerts.add(AlertmanagerAlert.of(notice, labels(notice)));
      }
    }
    told.values().stream()
        .filter(each -> each.end() != null)
        .forEach(each -> alerts.add(each.end()));
    if (!alerts.isEmpty()) {
      postAlerts(alerts);
    }
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
