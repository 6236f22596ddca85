package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

class GateGuardTest {
  private final GateGuard guard = new GateGuard();

  @Test
  void holdsBackForNowWhileTheHostDoesNotSuffer() {
    Wish wish = Wish.aboutAnybody().onlyWhile("host-cpu-busy").holding("other");
    assertThat(guard.judge(wish.intent(), wish.situation()))
        .contains(
            new Verdict.Refused(
                "gate",
                "neither the host nor the subject suffers: the symptom host-cpu-busy does not hold",
                false));
  }

  @Test
  void opensWithItsSymptom() {
    Wish wish = Wish.aboutAnybody().onlyWhile("host-cpu-busy").holding("host-cpu-busy");
    assertThat(wish.judgedBy(guard)).isEmpty();
  }

  @Test
  void opensWithASymptomOfTheSubjectNotWithThatOfAnother() {
    ProcessId other = new ProcessId(51, 1000);
    Wish wish = Wish.aboutAnybody().onlyWhile("fds-short").holding("fds-short", other);
    assertThat(wish.judgedBy(guard)).isNotEmpty();
    ProcessId subject = new ProcessId(50, 1000);
    wish = Wish.aboutAnybody().onlyWhile("fds-short").holding("fds-short", subject);
    assertThat(wish.judgedBy(guard)).isEmpty();
  }

  @Test
  void doesNotHoldARestartThatMends() {
    Wish wish = Wish.aboutAnybody().onlyWhile("host-cpu-busy").to(Kind.RESTART_UNIT).mending();
    assertThat(wish.judgedBy(guard)).isEmpty();
  }
}
