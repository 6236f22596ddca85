package org.medicd.notify.web;

import com.google.gson.JsonElement;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.plan.Incident;

/**
 * Posts each letter as a document ({@link JsonLetter}), with its key in the header Idempotency-Key:
 * what comes twice has the same. With a secret it is signed ({@link Signature}).
 */
final class JsonChannel extends WebhookChannel {
  private final Function<Incident, JsonElement> json;

  JsonChannel(
      Alerts.Webhook settings,
      WebClient client,
      Function<Incident, JsonElement> json,
      InstantSource clock) {
    super(settings, client, clock);
    this.json = json;
  }

  @Override
  List<JsonElement> documents(Letter letter) {
    return List.of(JsonLetter.of(letter, json));
  }

  @Override
  public @Nullable String deliver(Letter letter) throws DeliveryException {
    String secret = secret();
    String body = text(JsonLetter.of(letter, json));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Idempotency-Key", letter.key());
    if (secret != null) {
      headers.put(Signature.HEADER, Signature.of(secret, clock().instant(), body));
    }
    post(headers, body, secret);
    return null;
  }
}
