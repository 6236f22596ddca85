package org.medicd.notify.web;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Secrets;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.plan.Incident;
import org.medicd.plan.Severity;

/**
 * Tells a program or a service over HTTP. Its key, and its address where that is a secret, are read
 * anew for every letter.
 */
public abstract sealed class WebhookChannel implements Channel
    permits JsonChannel, PagerDutyChannel, AlertmanagerChannel {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final Gson SHOWN =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  private final Alerts.Webhook settings;
  private final WebClient client;
  private final InstantSource clock;

  WebhookChannel(Alerts.Webhook settings, WebClient client, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
  }

  /**
   * The one that speaks the format of these settings.
   *
   * @param json an incident as medic incidents --json has it
   */
  public static WebhookChannel of(
      Alerts.Webhook settings,
      WebClient client,
      Function<Incident, JsonElement> json,
      InstantSource clock) {
    return switch (settings.format()) {
      case JSON -> new JsonChannel(settings, client, json, clock);
      case PAGERDUTY -> new PagerDutyChannel(settings, client, clock);
      case ALERTMANAGER -> new AlertmanagerChannel(settings, client, clock);
    };
  }

  @Override
  public final String name() {
    return settings.name();
  }

  @Override
  public final Severity atLeast() {
    return settings.atLeast();
  }

  final InstantSource clock() {
    return clock;
  }

  /** What is in the file of the key; null: none is configured. */
  final @Nullable String secret() throws DeliveryException {
    try {
      return settings.secretFile() == null ? null : Secrets.read(settings.secretFile());
    } catch (IOException e) {
      throw new DeliveryException("key of " + name() + ": " + e.getMessage(), e);
    }
  }

  /** Where to post, as it is now. */
  final URI address() throws DeliveryException {
    try {
      return settings.address();
    } catch (IOException e) {
      throw new DeliveryException("address of " + name() + ": " + e.getMessage(), e);
    }
  }

  /** The document, or documents, that a letter is; without the key. */
  abstract List<JsonElement> documents(Letter letter);

  @Override
  public final String shown(Letter letter) {
    return documents(letter).stream().map(SHOWN::toJson).collect(Collectors.joining("\n"));
  }

  static String text(JsonElement document) {
    return GSON.toJson(document);
  }

  final WebClient.Answer ask(URI address, Map<String, String> headers, String body)
      throws DeliveryException {
    return client.post(address, headers, body);
  }

  /**
   * Posts it, and returns if it was taken.
   *
   * @param secret is not shown, should the answer hold it
   */
  final void post(Map<String, String> headers, String body, @Nullable String secret)
      throws DeliveryException {
    URI address = address();
    check(address, ask(address, headers, body), secret);
  }

  /** What the answer holds of the key, or of an address that is a secret, is not shown. */
  final void check(URI address, WebClient.Answer answer, @Nullable String secret)
      throws DeliveryException {
    List<String> hidden = new ArrayList<>();
    if (secret != null) {
      hidden.add(secret);
    }
    if (settings.urlFile() != null) {
      hidden.addAll(Answers.partsOf(address));
    }
    Answers.check(String.valueOf(address.getHost()), answer, hidden, clock);
  }
}
