package org.medicd.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/**
 * A letter as the fields that a template may name; examples/templates/README.md tells of each. All
 * of them are always there, with null, false or an empty list where there is nothing. Each text is
 * one line without control characters.
 */
final class LetterFields {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private LetterFields() {}

  static Map<String, @Nullable Object> of(Letter letter) {
    List<Notice> listed = letter.notices().stream().limit(NoticeText.MOST_LINES).toList();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("host", NoticeText.host(letter.first()));
    fields.put("subject", LetterText.subject(letter));
    fields.put("headline", LetterText.headline(letter));
    fields.put("event", LetterText.event(letter));
    fields.put("severity", LetterText.severityOf(letter));
    fields.put("colour", colour(LetterText.severity(letter), letter.over()));
    fields.put("alarm", LetterText.isAlarm(letter));
    fields.put("over", letter.over());
    fields.put("one", letter.isOfOne());
    fields.put("digest", letter.digest());
    fields.put("count", letter.incidents());
    fields.put("incidents", listed.stream().map(LetterFields::of).toList());
    fields.put("more", orNull(letter.incidents() - listed.size()));
    fields.put("advice", LetterText.advice(letter).orElse(null));
    fields.put("sum", letter.isOfOne() ? null : GroupCourse.of(letter.notices()).orElse(null));
    fields.put("mode", NoticeText.mode(letter.first()));
    fields.put("paused", letter.first().pause() != null);
    return fields;
  }

  private static Map<String, @Nullable Object> of(Notice notice) {
    Incident incident = notice.incident();
    boolean over = incident.state().isClosed();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", NoticeText.name(incident.id()));
    fields.put("diagnosis", NoticeText.name(incident.diagnosis()));
    fields.put("headline", NoticeText.headline(notice));
    fields.put("event", NoticeText.event(notice));
    fields.put("kind", NoticeText.word(notice.kind()));
    fields.put("what", NoticeText.what(notice));
    fields.put("severity", NoticeText.word(incident.severity()));
    fields.put("colour", colour(incident.severity(), over));
    fields.put("state", NoticeText.word(incident.state()));
    fields.put("over", over);
    fields.put("asked", isAsked(incident));
    about(incident.patient(), incident, fields);
    fields.put("rule", NoticeText.line(incident.rule()));
    fields.put("opened", incident.openedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    end(incident, fields);
    List<String> because = incident.because().stream().map(NoticeText::line).toList();
    fields.put("because", firstOf(because));
    fields.put("moreBecause", orNull(because.size() - NoticeText.MOST_LINES));
    fields.put("steps", firstOf(incident.steps()).stream().map(LetterFields::of).toList());
    fields.put("moreSteps", orNull(incident.steps().size() - NoticeText.MOST_LINES));
    fields.put("advice", NoticeText.advice(incident).orElse(null));
    fields.put("next", over ? null : NoticeText.next(incident));
    fields.put("mode", NoticeText.mode(notice));
    fields.put("evidence", firstOf(incident.evidence()).stream().map(NoticeText::line).toList());
    fields.put("audit", notice.auditHead() == null ? null : NoticeText.name(notice.auditHead()));
    fields.put("facts", facts(incident));
    return fields;
  }

  private static void about(
      Patient patient, Incident incident, Map<String, @Nullable Object> fields) {
    fields.put("patient", NoticeText.patient(incident));
    fields.put("process", nameOrNull(patient.comm()));
    fields.put("executable", nameOrNull(patient.executable()));
    fields.put("user", nameOrNull(patient.user()));
    fields.put("unit", nameOrNull(patient.unit()));
  }

  private static void end(Incident incident, Map<String, @Nullable Object> fields) {
    String why = incident.closedBecause();
    Instant at = incident.closedAt();
    fields.put("closed", at == null ? null : at.toString());
    fields.put("closedBecause", why == null ? null : NoticeText.line(why));
    fields.put("lasted", at == null ? null : lasted(incident.openedAt(), at));
    fields.put("course", why == null ? null : NoticeText.course(incident));
  }

  private static Map<String, @Nullable Object> of(Step step) {
    String label = step.action().label();
    boolean told = step.action().kind() == Action.Kind.PAGE || label.contains(":");
    String argument = told ? null : step.action().argument();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("action", NoticeText.name(label));
    fields.put("argument", argument == null ? null : NoticeText.line(argument));
    fields.put("words", NoticeText.line(step.words()));
    fields.put("detail", step.detail() == null ? null : NoticeText.line(step.detail()));
    fields.put("at", step.at().toString());
    fields.put("line", NoticeText.line(NoticeText.step(step)));
    return fields;
  }

  /** What stands in a table: as Severity, warning. */
  private static List<Map<String, String>> facts(Incident incident) {
    Patient patient = incident.patient();
    Instant closed = incident.closedAt();
    List<Map<String, String>> facts = new ArrayList<>();
    fact(facts, "Who", NoticeText.patient(incident));
    fact(facts, "Program", nameOrNull(patient.executable()));
    fact(facts, "User", nameOrNull(patient.user()));
    fact(facts, "Severity", NoticeText.word(incident.severity()));
    fact(facts, "State", NoticeText.word(incident.state()));
    fact(facts, "Opened", TIME.format(incident.openedAt()));
    if (closed != null) {
      fact(facts, "Closed", TIME.format(closed));
      fact(facts, "Lasted", lasted(incident.openedAt(), closed));
    }
    fact(facts, "Rule", NoticeText.line(incident.rule()));
    return facts;
  }

  private static void fact(List<Map<String, String>> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.add(Map.of("name", name, "value", value));
    }
  }

  /** White text can be read on each of them, and each stands out from white and from black. */
  private static String colour(Severity severity, boolean over) {
    if (over) {
      return "#1e7b34";
    }
    return switch (severity) {
      case CRITICAL -> "#c5221f";
      case WARNING -> "#a15c00";
      case INFO -> "#1a66c2";
    };
  }

  private static boolean isAsked(Incident incident) {
    int last = incident.steps().size() - 1;
    return last >= 0
        && incident.state() != IncidentState.EXHAUSTED
        && !incident.state().isClosed()
        && incident.steps().get(last).verdict() instanceof Verdict.AwaitingApproval;
  }

  private static String lasted(Instant from, Instant to) {
    long seconds = Math.max(0, Duration.between(from, to).toSeconds());
    return Durations.format(Duration.ofSeconds(seconds));
  }

  private static <T> List<T> firstOf(List<T> all) {
    return all.stream().limit(NoticeText.MOST_LINES).toList();
  }

  private static @Nullable Integer orNull(int more) {
    return more > 0 ? (Integer) more : null;
  }

  private static @Nullable String nameOrNull(@Nullable String name) {
    return name == null ? null : NoticeText.name(name);
  }
}
