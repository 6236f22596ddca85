package org.medicd.guard;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.medicd.config.Settings;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

/** Ten treatments of the host are the last for that window. */
class BreakerGuardTest {
  private static final Duration T = ofHours(1);

  private final Ledger ledger = new Ledger();
  private final Guards guards =
      new Guards(Settings.defaults(), ledger, new Standpoint(900, ZoneOffset.UTC));

  /** Each of another rule and another process: no other budget is touched. */
  private Verdict treat(int number, Duration at) {
    Wish wish = Wish.about(100 + number, p -> p.named("victim" + number)).by("rule " + number);
    return guards.judge(wish.at(at).intent(), wish.situation());
  }

  private void treatTen() {
    for (int i = 0; i < 10; i++) {
      assertThat(treat(i, T.plusSeconds(i))).isEqualTo(new Verdict.Allowed());
    }
  }

  @Test
  void tenTreatmentsAreTheLast() {
    treatTen();
    assertThat(guards.brokenFor(T.plusSeconds(10))).isNull();
    assertThat(treat(10, T.plusSeconds(10)).words())
        .startsWith("refused by budget: per-host 10/10m");
    assertThat(guards.brokenFor(T.plusSeconds(10))).isEqualTo(ofMinutes(10));
    assertThat(treat(11, T.plusSeconds(70)).words())
        .isEqualTo(
            "refused by breaker: more was wanted than the budget per-host 10/10m: medicd only"
                + " observes for another 540 s, or until medic resume");
  }

  @Test
  void isNotOpenedByWhatIsOnlyAsked() {
    treatTen();
    Wish wish = Wish.about(200, p -> p.named("another")).at(T.plusSeconds(10));
    assertThat(guards.weigh(wish.intent(), wish.situation()).words()).contains("budget");
    assertThat(guards.brokenFor(T.plusSeconds(10))).isNull();
  }

  @Test
  void staysOpenThoughTheWindowSlides() {
    treatTen();
    treat(10, T.plus(ofMinutes(5)));
    assertThat(treat(10, T.plus(ofMinutes(11))).words()).startsWith("refused by breaker");
    assertThat(treat(10, T.plus(ofMinutes(15)))).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void holdsLaddersBackThatHaveBegun() {
    treatTen();
    treat(10, T.plusSeconds(10));
    Wish kill = Wish.about(100, p -> p.named("victim0")).to(Kind.KILL).laterRung();
    kill.at(T.plusSeconds(20));
    assertThat(guards.judge(kill.intent(), kill.situation()).words())
        .startsWith("refused by breaker");
  }

  @Test
  void letsThroughWhatMendsAndWhatOnlyReads() {
    treatTen();
    treat(10, T.plusSeconds(10));
    Wish capture = Wish.aboutAnybody().to(Kind.CAPTURE).at(T.plusSeconds(20));
    assertThat(guards.judge(capture.intent(), capture.situation()))
        .isEqualTo(new Verdict.Allowed());
    Wish mend = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT).mending();
    mend.scene.unit("web.service", "inactive");
    mend.at(T.plusSeconds(20));
    assertThat(guards.judge(mend.intent(), mend.situation())).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void closesWhenAPersonSaysToGoOn() {
    treatTen();
    treat(10, T.plusSeconds(10));
    guards.pardon(T.plusSeconds(20));
    assertThat(guards.brokenFor(T.plusSeconds(20))).isNull();
    assertThat(treat(10, T.plusSeconds(20))).isEqualTo(new Verdict.Allowed());
  }
}
