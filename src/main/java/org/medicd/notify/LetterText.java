package org.medicd.notify;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/** A letter in words. */
public final class LetterText {
  private static final int MOST_DIAGNOSES = 4;

  private LetterText() {}

  /**
   * One line, without control characters. A telephone shows the first half of it: the host and what
   * it is about come first, and before them only what gets people out of bed.
   */
  public static String subject(Letter letter) {
    String host = NoticeText.host(letter.first());
    return isAlarm(letter)
        ? "CRITICAL " + host + ": " + event(letter)
        : host + ": " + headline(letter);
  }

  /** Something critical is open. */
  public static boolean isAlarm(Letter letter) {
    return letter.notices().stream()
        .map(Notice::incident)
        .anyMatch(each -> each.severity() == Severity.CRITICAL && !each.state().isClosed());
  }

  /** Plain text of some short lines, without other control characters than line ends. */
  public static String text(Letter letter) {
    if (letter.isOfOne()) {
      return NoticeText.text(letter.first());
    }
    StringBuilder text = new StringBuilder();
    text.append(NoticeText.host(letter.first()))
        .append(": ")
        .append(headline(letter))
        .append("\n\n");
    letter.notices().stream()
        .limit(NoticeText.MOST_LINES)
        .forEach(each -> text.append("- ").append(NoticeText.headline(each)).append('\n'));
    int more = letter.incidents() - Math.min(NoticeText.MOST_LINES, letter.notices().size());
    if (more > 0) {
      text.append("- and ").append(more).append(" more\n");
    }
    GroupCourse.of(letter.notices())
        .ifPresent(course -> text.append('\n').append(course).append('\n'));
    advice(letter).ifPresent(advice -> text.append("\nAdvice: ").append(advice).append('\n'));
    text.append('\n').append(NoticeText.mode(letter.first())).append('\n');
    text.append("More: medic incidents, medic show ID\n");
    return text.toString();
  }

  /** What the rules tell people to do, where they tell it of all. */
  static Optional<String> advice(Letter letter) {
    return NoticeText.advice(letter.first().incident())
        .filter(advice -> letter.isOfOne() || isOfOneDiagnosis(letter));
  }

  /** What happened to whom, and how much it matters. */
  static String headline(Letter letter) {
    return letter.isOfOne()
        ? NoticeText.headline(letter.first())
        : isOfOneDiagnosis(letter)
            ? group(letter.notices()) + ", " + NoticeText.word(severity(letter))
            : counts(letter);
  }

  /** What happened to whom. */
  static String event(Letter letter) {
    return letter.isOfOne()
        ? NoticeText.event(letter.first())
        : isOfOneDiagnosis(letter) ? group(letter.notices()) : counts(letter);
  }

  /** The worst of them, in a word. */
  public static String severityOf(Letter letter) {
    return NoticeText.word(severity(letter));
  }

  static Severity severity(Letter letter) {
    return letter.notices().stream()
        .map(each -> each.incident().severity())
        .max(Comparator.naturalOrder())
        .orElse(Severity.INFO);
  }

  /** What follows a digest may be about several, too. */
  private static boolean isOfOneDiagnosis(Letter letter) {
    String diagnosis = letter.first().incident().diagnosis();
    return !letter.digest()
        && letter.notices().stream()
            .allMatch(each -> each.incident().diagnosis().equals(diagnosis));
  }

  /** As: 50 × unit-failed opened: a.service, b.service and 48 more. */
  private static String group(List<Notice> notices) {
    String first =
        notices.stream()
            .limit(2)
            .map(each -> NoticeText.patient(each.incident()))
            .collect(Collectors.joining(", "));
    String more = notices.size() > 2 ? " and " + (notices.size() - 2) + " more" : "";
    Notice one = notices.get(0);
    return "%d × %s %s: %s%s"
        .formatted(
            notices.size(),
            NoticeText.name(one.incident().diagnosis()),
            states(notices),
            first,
            more);
  }

  /** What happened to them, where it is the same for all; else how many are over. */
  private static String states(List<Notice> notices) {
    List<String> all = notices.stream().map(NoticeText::what).distinct().toList();
    return all.size() == 1 ? all.get(0) : overAndOpen(notices);
  }

  private static String overAndOpen(List<Notice> notices) {
    long over = notices.stream().filter(each -> each.incident().state().isClosed()).count();
    long open = notices.size() - over;
    return over == 0
        ? open + " open"
        : open == 0 ? over + " over" : over + " over, " + open + " open";
  }

  /** As: 312 incidents: 200 × unit-failed, 100 × cpu-runaway and 3 other diagnoses. */
  private static String counts(Letter letter) {
    Map<String, Integer> byDiagnosis = new TreeMap<>(letter.others());
    letter.notices().stream()
        .map(Notice::incident)
        .map(Incident::diagnosis)
        .forEach(each -> byDiagnosis.merge(each, 1, Integer::sum));
    String most =
        byDiagnosis.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_DIAGNOSES)
            .map(each -> each.getValue() + " × " + NoticeText.name(each.getKey()))
            .collect(Collectors.joining(", "));
    int rest = byDiagnosis.size() - MOST_DIAGNOSES;
    String states = letter.digest() ? "" : ", " + overAndOpen(letter.notices());
    return letter.incidents()
        + " incidents"
        + states
        + ": "
        + most
        + (rest > 0 ? " and " + rest + " other diagnoses" : "");
  }
}
