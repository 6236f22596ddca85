package org.medicd.notify.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * PagerDuty's Events API v2 on loopback: it refuses what that refuses, by its documentation, and
 * keeps the alerts as that does: what is acknowledged or resolved without being open is dropped.
 */
final class FakePagerDuty implements AutoCloseable {
  static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final int MOST_BYTES = 512 * 1024;

  /** State by key of those that were triggered: triggered, acknowledged, resolved. */
  final Map<String, String> alerts = new LinkedHashMap<>();

  final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private final FakeReceiver receiver;

  FakePagerDuty() throws IOException {
    receiver = new FakeReceiver(this::reply);
  }

  URI url() {
    return receiver.at("/v2/enqueue");
  }

  private synchronized FakeReceiver.Reply reply(FakeReceiver.Received call) {
    List<String> errors = new ArrayList<>();
    JsonObject event = new JsonObject();
    if (!call.method().equals("POST") || !call.path().equals("/v2/enqueue")) {
      return FakeReceiver.Reply.of(404);
    } else if (call.body().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      return FakeReceiver.Reply.of(413);
    }
    try {
      event = JsonParser.parseString(call.body()).getAsJsonObject();
      check(event, errors);
    } catch (JsonParseException | IllegalStateException e) {
      errors.add("not JSON");
    }
    if (!errors.isEmpty()) {
      return FakeReceiver.Reply.of(
          400,
          "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":"
              + errors.stream().map(each -> '"' + each + '"').toList()
              + "}");
    }
    events.add(event);
    take(event);
    return FakeReceiver.Reply.of(202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
  }

  private static void check(JsonObject event, List<String> errors) {
    if (!text(event, "routing_key").equals(KEY)) {
      errors.add("Invalid routing key");
    }
    String action = text(event, "event_action");
    if (!Set.of("trigger", "acknowledge", "resolve").contains(action)) {
      errors.add("'event_action' is unknown");
    }
    int key = text(event, "dedup_key").length();
    if (key < 1 || key > 255) {
      errors.add("'dedup_key' is missing or too long");
    }
    JsonElement payload = event.get("payload");
    if (action.equals("trigger") && payload == null) {
      errors.add("'payload' is missing");
    } else if (payload != null) {
      checkPayload(payload.getAsJsonObject(), errors);
    }
  }

  private static void checkPayload(JsonObject payload, List<String> errors) {
    String summary = text(payload, "summary");
    if (summary.isBlank() || summary.length() > 1024) {
      errors.add("'payload.summary' is missing or too long");
    }
    if (text(payload, "source").isBlank()) {
      errors.add("'payload.source' is missing");
    }
    if (!Set.of("critical", "error", "warning", "info").contains(text(payload, "severity"))) {
      errors.add("'payload.severity' is invalid");
    }
    try {
      OffsetDateTime.parse(text(payload, "timestamp"));
    } catch (DateTimeException e) {
      errors.add("'payload.timestamp' is invalid");
    }
    for (String name : List.of("component", "group", "class")) {
      JsonElement value = payload.get(name);
      if (value != null && !(value.isJsonPrimitive() && value.getAsJsonPrimitive().isString())) {
        errors.add("'payload." + name + "' is no text");
      }
    }
    if (payload.has("custom_details") && !payload.get("custom_details").isJsonObject()) {
      errors.add("'payload.custom_details' is no object");
    }
  }

  private void take(JsonObject event) {
    String key = text(event, "dedup_key");
    String state = alerts.getOrDefault(key, "resolved");
    boolean open = !state.equals("resolved");
    switch (text(event, "event_action")) {
      case "trigger" -> alerts.put(key, open ? state : "triggered");
      case "acknowledge" -> alerts.computeIfPresent(key, (k, s) -> open ? "acknowledged" : s);
      default -> alerts.computeIfPresent(key, (k, s) -> "resolved");
    }
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
