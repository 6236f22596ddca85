package org.medicd.notify.web;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Escaped;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;

/**
 * An incident as an alert of Alertmanager. Its labels say which alert it is: the incident's id is
 * among them, or one of two processes of a kind would resolve the other; alerts are grouped by the
 * rest, as alertname and instance. https://prometheus.io/docs/alerting/latest/alerts_api/
 */
final class AlertmanagerAlert {
  /**
   * What needs a person and is closed as it begins is an alert for so long from when it was told:
   * one that has ended already would wake nobody. As long as it takes until people are reminded of
   * what is open, and until Alertmanager repeats itself.
   */
  static final Duration CALL_LASTS = Duration.ofHours(4);

  private static final int LONGEST_NAME = 200;

  private AlertmanagerAlert() {}

  static JsonObject labels(Notice notice) {
    Incident incident = notice.incident();
    Patient patient = incident.patient();
    JsonObject labels = new JsonObject();
    add(labels, "alertname", incident.diagnosis());
    add(labels, "severity", word(incident.severity()));
    add(labels, "instance", notice.host());
    add(labels, "job", "medicd");
    add(labels, "subject", patient.subject().kind());
    add(labels, "unit", patient.unit());
    add(labels, "comm", patient.comm());
    add(labels, "incident", incident.id());
    return labels;
  }

  /**
   * @param labels those under which it was told of first
   * @param now by the wall clock
   */
  static JsonObject of(Notice notice, JsonObject labels, Instant now) {
    Incident incident = notice.incident();
    Letter letter = alone(notice);
    JsonObject annotations = new JsonObject();
    add(annotations, "summary", LetterText.subject(letter));
    annotations.addProperty("description", LetterText.text(letter));
    add(annotations, "subject", incident.patient().subject().toString());
    add(annotations, "state", word(incident.state()));
    JsonObject alert = new JsonObject();
    alert.add("labels", labels);
    alert.add("annotations", annotations);
    alert.addProperty("startsAt", incident.openedAt().toString());
    if (incident.state().isClosed()) {
      alert.addProperty("endsAt", end(notice, now).toString());
    }
    return alert;
  }

  /** Not before it began, or it would be refused: the clock may have been set back meanwhile. */
  private static Instant end(Notice notice, Instant now) {
    Incident incident = notice.incident();
    Instant closed = incident.closedAt() != null ? incident.closedAt() : notice.at();
    Instant end = notice.isCall() ? now.plus(CALL_LASTS) : closed;
    return end.isBefore(incident.openedAt()) ? incident.openedAt() : end;
  }

  private static Letter alone(Notice notice) {
    boolean over = notice.incident().state().isClosed();
    List<String> covers = List.of(notice.id());
    return new Letter(notice.id(), List.of(notice), Map.of(), null, false, over, covers);
  }

  /** A label without a value is none. */
  private static void add(JsonObject to, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      to.addProperty(name, Escaped.line(value, LONGEST_NAME));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
