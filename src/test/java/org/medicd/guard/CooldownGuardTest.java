package org.medicd.guard;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medicd.fact.HostId;
import org.medicd.plan.Action.Kind;

class CooldownGuardTest {
  private static final Duration T = ofHours(1);

  private final Ledger ledger = new Ledger();
  private final CooldownGuard guard = new CooldownGuard(ofSeconds(60), ledger);

  private void treated(Wish wish, Duration at) {
    ledger.charge(wish.intent(), at);
  }

  @Test
  void theFirstTreatmentIsFree() {
    assertThat(Wish.aboutAnybody().judgedBy(guard)).isEmpty();
  }

  @Test
  void refusesASecondTreatmentWithinTheCooldown() {
    treated(Wish.aboutAnybody(), T);
    assertThat(Wish.aboutAnybody().at(T.plus(ofMillis(45_500))).judgedBy(guard))
        .isEqualTo("refused by cooldown: 15 s left after a treatment of this lineage");
    assertThat(Wish.aboutAnybody().at(T.plusSeconds(60)).judgedBy(guard)).isEmpty();
  }

  @Test
  void doublesWithEachTreatment() {
    treated(Wish.aboutAnybody(), T);
    treated(Wish.aboutAnybody(), T.plusSeconds(100));
    treated(Wish.aboutAnybody(), T.plusSeconds(300));
    assertThat(Wish.aboutAnybody().at(T.plusSeconds(300 + 239)).judgedBy(guard))
        .isEqualTo("refused by cooldown: 1 s left after 3 treatments of this lineage");
    assertThat(Wish.aboutAnybody().at(T.plusSeconds(300 + 240)).judgedBy(guard)).isEmpty();
  }

  @Test
  void stopsDoublingAfterTenTreatments() {
    for (int i = 0; i < 100; i++) {
      treated(Wish.aboutAnybody(), T);
    }
    Duration longest = ofSeconds(60L << 10);
    assertThat(Wish.aboutAnybody().at(T.plus(longest).minusSeconds(1)).judgedBy(guard))
        .isNotEmpty();
    assertThat(Wish.aboutAnybody().at(T.plus(longest)).judgedBy(guard)).isEmpty();
  }

  @Test
  void treatmentsOfTheDayBeforeNoLongerDouble() {
    treated(Wish.aboutAnybody(), T);
    treated(Wish.aboutAnybody(), T.plus(ofHours(23)));
    assertThat(Wish.aboutAnybody().at(T.plus(ofHours(23)).plusSeconds(90)).judgedBy(guard))
        .contains("2 treatments");
    treated(Wish.aboutAnybody(), T.plus(ofHours(25)));
    treated(Wish.aboutAnybody(), T.plus(ofHours(50)));
    assertThat(Wish.aboutAnybody().at(T.plus(ofHours(50)).plusSeconds(30)).judgedBy(guard))
        .contains("after a treatment");
  }

  @Test
  void aCooldownMayBeLongerThanADay() {
    CooldownGuard patient = new CooldownGuard(ofDays(3), ledger);
    treated(Wish.aboutAnybody(), T);
    assertThat(Wish.aboutAnybody().at(T.plus(ofDays(2))).judgedBy(patient)).isNotEmpty();
    assertThat(Wish.aboutAnybody().at(T.plus(ofDays(4))).judgedBy(patient)).isEmpty();
  }

  @Test
  void aRespawnedProcessIsTheSameLineage() {
    treated(Wish.about(50, p -> p.named("web").unit("web.service")), T);
    Wish successor = Wish.about(77, p -> p.startTicks(5000).named("web").unit("web.service"));
    assertThat(successor.at(T.plusSeconds(1)).judgedBy(guard)).contains("59 s left");
  }

  @Test
  void anotherLineageIsFree() {
    treated(Wish.about(50, p -> p.named("web").unit("web.service")), T);
    Wish other = Wish.about(51, p -> p.named("db").unit("db.service"));
    assertThat(other.at(T.plusSeconds(1)).judgedBy(guard)).isEmpty();
  }

  @Test
  void doesNotHoldLaterRungsOfALadder() {
    treated(Wish.aboutAnybody(), T);
    Wish kill = Wish.aboutAnybody().to(Kind.KILL).laterRung();
    assertThat(kill.at(T.plusSeconds(5)).judgedBy(guard)).isEmpty();
  }

  @Test
  void doesNotHoldARestartThatMends() {
    treated(Wish.aboutAnybody(), T);
    Wish restart = Wish.aboutAnybody().to(Kind.RESTART_UNIT).mending();
    assertThat(restart.at(T.plusSeconds(5)).judgedBy(guard)).isEmpty();
  }

  @Test
  void doesNotHoldWhatDoesNotDisrupt() {
    treated(Wish.aboutAnybody(), T);
    assertThat(Wish.aboutAnybody().to(Kind.CAPTURE).at(T.plusSeconds(1)).judgedBy(guard)).isEmpty();
  }

  @Test
  void whatHasNoLineageIsKnownByItself() {
    treated(Wish.about(new HostId()), T);
    assertThat(Wish.about(new HostId()).at(T.plusSeconds(1)).judgedBy(guard)).isNotEmpty();
  }

  @Test
  void anEarlierRunsTreatmentsCount() {
    ledger.remember(Wish.aboutAnybody().patient(), "rule", ofSeconds(-50));
    assertThat(Wish.aboutAnybody().at(ofSeconds(2)).judgedBy(guard)).contains("8 s left");
    assertThat(Wish.aboutAnybody().at(ofSeconds(10)).judgedBy(guard)).isEmpty();
  }
}
