package org.medicd.notify.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.plan.Notice;

/** Wakes people through PagerDuty, by its Events API v2; see {@link PagerDutyEvents}. */
final class PagerDutyChannel extends WebhookChannel {
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

  PagerDutyChannel(Alerts.Webhook settings, WebClient client, InstantSource clock) {
    super(settings, client, clock);
  }

  /** Of rungs only that a person has answered: nobody else need be called for it then. */
  @Override
  public boolean tells(Notice notice) {
    return notice.kind() != Notice.Kind.STEP || PagerDutyEvents.isAnswered(notice);
  }

  @Override
  List<JsonElement> documents(Letter letter) {
    return List.copyOf(PagerDutyEvents.of(letter, PagerDutyEvents.thread(letter)));
  }

  @Override
  public String deliver(Letter letter) throws DeliveryException {
    String key = secret();
    if (key == null) {
      throw new DeliveryException("the integration key of " + name() + " is not configured");
    }
    URI address = address();
    String thread = PagerDutyEvents.thread(letter);
    for (JsonObject event : PagerDutyEvents.of(letter, thread)) {
      event.addProperty("routing_key", key);
      WebClient.Answer answer = ask(address, HEADERS, text(event));
      if (answer.status() == 400 && tellsOfKey(answer.text())) {
        throw new DeliveryException(name() + ": PagerDuty does not take the integration key");
      }
      check(address, answer, key);
    }
    return thread;
  }

  /** A wrong key is answered as a wrong event is, but can be mended. */
  private static boolean tellsOfKey(String answer) {
    return answer.toLowerCase(Locale.ROOT).replace('_', ' ').contains("routing key");
  }
}
