package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.fact.GroupId;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;

class NoticeTextTest {
  @Test
  void saysInTheSubjectWhereWhatAndWhom() {
    assertThat(LetterText.subject(Notices.letter(Notices.opened())))
        .isEqualTo("web-1: cpu-runaway opened: burner (pid 12, burner.service), warning");
  }

  @Test
  void saysWhyAndWhatComesNext() {
    assertThat(NoticeText.text(Notices.opened()))
        .isEqualTo(
            """
            web-1: cpu-runaway opened: burner (pid 12, burner.service), warning

            Because:
            - 98.3 % of a core wanted, for 60 s

            Next: term
            Opened at 2026-11-23T10:00:00Z by rule "diagnosis: cpu runaway".
            Mode act: medicd acts by itself.
            More: medic show 20261123-100000-1
            """);
  }

  @Test
  void saysWhatBecameOfEachRung() {
    assertThat(NoticeText.headline(Notices.exhausted()))
        .contains("cpu-runaway exhausted, nothing helped:");
    assertThat(NoticeText.text(Notices.exhausted()))
        .contains(
            """
            Done so far:
            - term: done: SIGTERM sent
            - kill: refused by budget: 3 in 10m used up
            - page: done: told

            Next: nothing, no rung is left. It is up to you.
            """);
  }

  @Test
  void asksForTheAnswerThatItWaitsFor() {
    assertThat(NoticeText.text(Notices.awaiting()))
        .contains("- term: waits for a person's approval\n")
        .contains(
            "Next: your answer, with medic approve 20261123-100000-1 or medic deny"
                + " 20261123-100000-1\n");
  }

  @Test
  void saysHowItEnded() {
    assertThat(NoticeText.headline(Notices.recovered())).contains("cpu-runaway recovered: ");
    assertThat(NoticeText.text(Notices.recovered()))
        .contains("Closed: the condition ended\n")
        .contains("- term: only rehearsed: mode observe\n")
        .doesNotContain("Next:");
  }

  @Test
  void saysWhetherWhatIsAboutMedicdItselfNeedsAPerson() {
    assertThat(NoticeText.headline(Notices.call()))
        .isEqualTo("rules-refused needs a person: the host, warning");
    assertThat(NoticeText.headline(Notices.news()))
        .isEqualTo("breaker-closed for your information: the host, warning");
  }

  @Test
  void saysThatNothingIsChangedInModeObserve() {
    Notice notice = Notices.opened();
    Notice observed =
        new Notice(
            notice.id(),
            notice.kind(),
            notice.incident(),
            notice.host(),
            Mode.OBSERVE,
            null,
            null,
            notice.at());
    assertThat(NoticeText.text(observed)).contains("Mode observe: medicd changes nothing.\n");
  }

  @Test
  void countsTheProcessesOfAGroup() {
    Patient patient =
        new Patient(new GroupId("web.service"), null, null, null, "web.service", null);
    Notice notice = Notices.of(Notice.Kind.OPENED, withPatient(patient, 7, List.of()));
    assertThat(NoticeText.headline(notice)).contains(": web.service (7 processes), warning");
  }

  @Test
  void cannotBeGivenALineOfItsOwnByAHostileName() {
    String hostile = "x\r\nBcc: evil@example.org\n\n\u001b]0;owned\u0007";
    Notice notice = Notices.opened(hostile);
    assertThat(NoticeText.headline(notice))
        .doesNotContainPattern("\\p{Cntrl}")
        .contains("x\\r\\nBcc: evil");
    assertThat(NoticeText.text(notice).lines()).noneMatch(line -> line.startsWith("Bcc"));
    assertThat(NoticeText.text(notice).replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void staysShortHoweverMuchThereIsToSay() {
    Patient patient = Notices.opened("c".repeat(5_000)).incident().patient();
    List<String> because = Collections.nCopies(500, "b".repeat(5_000));
    Notice notice = Notices.of(Notice.Kind.OPENED, withPatient(patient, 1, because));
    assertThat(NoticeText.headline(notice)).hasSizeLessThan(300);
    assertThat(NoticeText.text(notice)).hasSizeLessThan(10_000).contains("- and 480 more\n");
  }

  private static Incident withPatient(Patient patient, int members, List<String> because) {
    return new Incident(
        "1",
        "cpu-runaway",
        "rule",
        Severity.WARNING,
        Mode.ACT,
        Duration.ZERO,
        IncidentState.OPEN,
        patient,
        Collections.nCopies(members, new ProcessId(1, 1)),
        Notices.OPENED_AT,
        null,
        null,
        because,
        null,
        0,
        List.of(),
        List.of(),
        List.of());
  }
}
