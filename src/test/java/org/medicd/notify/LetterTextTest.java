package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

class LetterTextTest {
  private static Notice nth(int number, String diagnosis) {
    return Notices.nth(number, diagnosis, Severity.WARNING);
  }

  @Test
  void aLetterAboutOneIsItsNotice() {
    Letter letter = Notices.letter(Notices.opened());
    assertThat(LetterText.subject(letter))
        .isEqualTo("web-1: " + NoticeText.headline(Notices.opened()));
    assertThat(LetterText.text(letter)).isEqualTo(NoticeText.text(Notices.opened()));
  }

  @Test
  void aGroupTellsHowManyAndNamesTheFirst() {
    Letter letter =
        Notices.letter(nth(1, "unit-failed"), nth(2, "unit-failed"), nth(3, "unit-failed"));
    assertThat(LetterText.subject(letter))
        .isEqualTo(
            "web-1: 3 × unit-failed opened: unit worker1.service, unit worker2.service and 1 more,"
                + " warning");
    assertThat(LetterText.text(letter))
        .contains("- unit-failed opened: unit worker3.service, warning\n")
        .endsWith("More: medic incidents, medic show ID\n");
  }

  /** Half of it is all that a telephone shows. */
  @Test
  void whatGetsPeopleOutOfBedComesFirst() {
    Letter open = Notices.letter(Notices.nth(1, "disk-full", Severity.CRITICAL));
    Letter over = Notices.letter(Notices.nthClosed(1, "disk-full", Severity.CRITICAL));
    assertThat(LetterText.subject(open))
        .isEqualTo("CRITICAL web-1: disk-full opened: unit worker1.service");
    assertThat(LetterText.subject(over))
        .isEqualTo("web-1: disk-full recovered: unit worker1.service, critical");
  }

  @Test
  void ofAGroupThatIsPartlyOverBothAreTold() {
    Letter letter =
        Notices.letter(
            nth(1, "unit-failed"), Notices.nthClosed(2, "unit-failed", Severity.WARNING));
    assertThat(LetterText.subject(letter)).contains("2 × unit-failed 1 over, 1 open:");
    assertThat(LetterText.text(letter)).contains("\n1 of 2 are over, after 1m30s. ");
  }

  /** As what follows in the thread of a digest. */
  @Test
  void severalDiagnosesAreCounted() {
    Letter letter =
        Notices.letter(nth(1, "disk-full"), nth(2, "unit-failed"), nth(3, "unit-failed"));
    assertThat(LetterText.subject(letter))
        .isEqualTo("web-1: 3 incidents, 3 open: 2 × unit-failed, 1 × disk-full");
  }

  @Test
  void aDigestCountsThoseThatItDoesNotName() {
    Letter letter =
        new Letter(
            "key",
            List.of(nth(1, "disk-full")),
            Map.of("unit-failed", 9_999),
            null,
            true,
            false,
            List.of());
    assertThat(LetterText.subject(letter))
        .isEqualTo("web-1: 10000 incidents: 9999 × unit-failed, 1 × disk-full");
    assertThat(LetterText.text(letter)).contains("- and 9999 more\n");
  }
}
