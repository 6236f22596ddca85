package org.medicd.notify.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Escaped;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;

/**
 * A letter as events of PagerDuty's Events API v2. The letters of one thread are one alert there:
 * it is triggered, acknowledged when a person on the host has answered medicd, and resolved when
 * all incidents of the thread are over. What needs a person and is closed as it begins is triggered
 * only: medicd cannot know when it was seen to. A digest is an alert of its own, and resolves those
 * whose last incidents it tells of.
 * https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 */
final class PagerDutyEvents {
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_SUMMARY = 1024;
  private static final int LONGEST_NAME = 200;

  /** An event may have 512 KB: with these it has less than a tenth. */
  private static final int MOST_INCIDENTS = 50;

  private PagerDutyEvents() {}

  /** What PagerDuty knows the alert by; of this host alone, as the keys of two may be the same. */
  static String thread(Letter letter) {
    if (letter.thread() != null) {
      return letter.thread();
    }
    String name = "medicd/" + letter.first().host() + "/" + letter.key();
    int tooMany = name.length() - LONGEST_KEY;
    return tooMany <= 0 ? name : name.substring(tooMany); // the key is what differs
  }

  /** Those to send, in this order; the key of the integration is to be added. */
  static List<JsonObject> of(Letter letter, String thread) {
    List<JsonObject> events = new ArrayList<>();
    if (isOver(letter)) {
      events.add(event("resolve", thread));
    } else {
      boolean answered = letter.notices().stream().allMatch(PagerDutyEvents::isAnswered);
      if (!letter.notices().stream().allMatch(each -> each.kind() == Notice.Kind.STEP)) {
        events.add(trigger(letter, thread));
      }
      if (answered) {
        events.add(event("acknowledge", thread));
      }
    }
    letter.emptied().stream()
        .filter(each -> !each.equals(thread))
        .forEach(each -> events.add(event("resolve", each)));
    return events;
  }

  /** Where some are only counted, nobody knows: a person is to look. */
  private static boolean isOver(Letter letter) {
    if (letter.notices().stream().anyMatch(Notice::isCall)) {
      return false;
    }
    return letter.over()
        || (letter.others().isEmpty()
            && letter.thread() == null
            && letter.notices().stream().allMatch(each -> each.incident().state().isClosed()));
  }

  /** A person said yes or no to the rung that waited, and that is the last that happened. */
  static boolean isAnswered(Notice notice) {
    List<Step> steps = notice.incident().steps();
    boolean asksNothingElse =
        notice.kind() == Notice.Kind.STEP || notice.kind() == Notice.Kind.ASKED;
    return asksNothingElse && !steps.isEmpty() && steps.get(steps.size() - 1).isAnswered();
  }

  private static JsonObject event(String action, String thread) {
    JsonObject event = new JsonObject();
    event.addProperty("event_action", action);
    event.addProperty("dedup_key", thread);
    return event;
  }

  private static JsonObject trigger(Letter letter, String thread) {
    Incident first = letter.first().incident();
    Patient patient = first.patient();
    JsonObject payload = new JsonObject();
    payload.addProperty("summary", Escaped.line(LetterText.subject(letter), LONGEST_SUMMARY - 1));
    payload.addProperty("source", name(letter.first().host()));
    payload.addProperty("severity", severity(letter).name().toLowerCase(Locale.ROOT));
    payload.addProperty("timestamp", letter.first().at().toString());
    if (letter.isOfOne()) {
      payload.addProperty("component", name(patient.unit() != null ? patient.unit() : of(patient)));
    }
    payload.addProperty("class", letter.digest() ? "digest" : name(first.diagnosis()));
    payload.add("custom_details", details(letter));
    JsonObject event = event("trigger", thread);
    event.addProperty("client", "medicd");
    event.add("payload", payload);
    return event;
  }

  /** The worst of those that wake people; PagerDuty has the same words, and "error" beside them. */
  private static Severity severity(Letter letter) {
    return letter.notices().stream()
        .filter(each -> each.isCall() || !each.incident().state().isClosed())
        .map(each -> each.incident().severity())
        .max(Comparator.naturalOrder())
        .orElseGet(() -> letter.first().incident().severity());
  }

  private static JsonObject details(Letter letter) {
    JsonObject details = new JsonObject();
    details.addProperty("text", LetterText.text(letter));
    details.addProperty("mode", mode(letter.first()));
    JsonArray incidents = new JsonArray();
    for (Notice notice : letter.notices().stream().limit(MOST_INCIDENTS).toList()) {
      Incident incident = notice.incident();
      JsonObject each = new JsonObject();
      each.addProperty("id", name(incident.id()));
      each.addProperty("diagnosis", name(incident.diagnosis()));
      each.addProperty("subject", name(incident.patient().subject().toString()));
      each.addProperty("process", nameOrNull(incident.patient().comm()));
      each.addProperty("unit", nameOrNull(incident.patient().unit()));
      each.addProperty("state", incident.state().name().toLowerCase(Locale.ROOT));
      each.addProperty("opened_at", incident.openedAt().toString());
      incidents.add(each);
    }
    details.add("incidents", incidents);
    details.addProperty("incident_count", letter.incidents());
    return details;
  }

  private static String of(Patient patient) {
    return patient.comm() != null ? patient.comm() : patient.subject().toString();
  }

  private static String mode(Notice notice) {
    Mode mode = notice.mode().atMost(notice.incident().mode());
    return notice.pause() != null ? "paused" : mode.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String nameOrNull(@Nullable String text) {
    return text == null ? null : name(text);
  }

  private static String name(String text) {
    return Escaped.line(text, LONGEST_NAME);
  }
}
