package org.medicd.guard;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.config.Budget;
import org.medicd.config.Rate;
import org.medicd.fact.HostId;
import org.medicd.plan.Action.Kind;

class BudgetGuardTest {
  private static final Duration T = ofHours(1);
  private static final Rate PLENTY = new Rate(1000, ofMinutes(10));
  private static final Rate TWO = new Rate(2, ofMinutes(10));

  private final Ledger ledger = new Ledger();

  private BudgetGuard guard(Rate perRule, Rate perUnit, Rate perHost) {
    return new BudgetGuard(new Budget(perRule, perUnit, perHost, PLENTY), ledger);
  }

  private static Wish of(int pid, String unit, String rule) {
    return Wish.about(pid, p -> p.named("p" + pid).unit(unit)).by(rule).at(T);
  }

  private void treated(int times) {
    for (int i = 0; i < times; i++) {
      ledger.charge(of(50, "web.service", "hot").intent(), T);
    }
  }

  @Test
  void aRuleHasItsShare() {
    BudgetGuard guard = guard(TWO, PLENTY, PLENTY);
    treated(1);
    assertThat(of(60, "db.service", "hot").judgedBy(guard)).isEmpty();
    treated(1);
    assertThat(of(60, "db.service", "hot").judgedBy(guard))
        .isEqualTo("refused by budget: per-rule 2/10m is used up: a person should look");
    assertThat(of(60, "db.service", "leak").judgedBy(guard)).isEmpty();
  }

  @Test
  void aUnitHasItsShare() {
    BudgetGuard guard = guard(PLENTY, TWO, PLENTY);
    treated(2);
    assertThat(of(60, "web.service", "leak").judgedBy(guard)).contains("per-unit 2/10m");
    assertThat(of(60, "db.service", "leak").judgedBy(guard)).isEmpty();
    Wish unitless = Wish.about(70, p -> p.named("loner")).at(T);
    assertThat(unitless.judgedBy(guard)).isEmpty();
  }

  @Test
  void theHostHasItsShare() {
    BudgetGuard guard = guard(PLENTY, PLENTY, TWO);
    treated(2);
    assertThat(of(60, "db.service", "leak").judgedBy(guard)).contains("per-host 2/10m");
  }

  @Test
  void theWindowSlides() {
    BudgetGuard guard = guard(TWO, PLENTY, PLENTY);
    ledger.charge(of(50, "web.service", "hot").intent(), T);
    ledger.charge(of(50, "web.service", "hot").intent(), T.plusMinutes(8));
    Wish third = of(60, "db.service", "hot");
    assertThat(third.at(T.plusMinutes(10)).judgedBy(guard)).isNotEmpty();
    assertThat(third.at(T.plusMinutes(10).plusMillis(1)).judgedBy(guard)).isEmpty();
    ledger.charge(third.intent(), T.plusMinutes(11));
    assertThat(third.at(T.plusMinutes(17)).judgedBy(guard)).isNotEmpty();
  }

  @Test
  void aWindowMayBeLongerThanADay() {
    BudgetGuard guard = guard(new Rate(1, ofDays(7)), PLENTY, PLENTY);
    treated(1);
    ledger.charge(of(60, "db.service", "leak").intent(), T.plus(ofDays(2)));
    assertThat(of(60, "db.service", "hot").at(T.plus(ofDays(3))).judgedBy(guard)).isNotEmpty();
  }

  @Test
  void laterRungsAndMendingAreNotCounted() {
    BudgetGuard guard = guard(TWO, PLENTY, PLENTY);
    treated(2);
    assertThat(of(60, "db.service", "hot").laterRung().judgedBy(guard)).isEmpty();
    Wish mends = of(60, "db.service", "hot").to(Kind.RESTART_UNIT).mending();
    assertThat(mends.judgedBy(guard)).isEmpty();
  }

  private String rebootAfter(@Nullable Long minutesUp, Rate rate) {
    Wish wish = Wish.about(new HostId()).to(Kind.REBOOT).laterRung();
    wish.scene.upFor(minutesUp);
    return wish.judgedBy(new BudgetGuard(new Budget(PLENTY, PLENTY, PLENTY, rate), ledger));
  }

  @Test
  void aHostThatWasRestartedIsNotRestartedAgainSoSoon() {
    Rate daily = new Rate(1, ofHours(24));
    assertThat(rebootAfter(24 * 60L, daily)).isEmpty();
    assertThat(rebootAfter(24 * 60L - 1, daily))
        .isEqualTo(
            "refused by budget: reboot 1/1d is used up: the host was started 1439 min ago: a"
                + " person should look");
    assertThat(rebootAfter(12 * 60L, new Rate(2, ofHours(24)))).isEmpty();
    assertThat(rebootAfter(null, daily)).contains("how long the host is up is not known");
    assertThat(rebootAfter(1L << 40, new Rate(0, ofHours(24)))).isNotEmpty();
  }

  @Test
  void anEarlierRunsTreatmentsCount() {
    BudgetGuard guard = guard(PLENTY, PLENTY, TWO);
    Wish wish = of(50, "web.service", "hot");
    ledger.remember(wish.patient(), "hot", ofMinutes(-9));
    ledger.remember(wish.patient(), "hot", ofMinutes(-4));
    assertThat(wish.at(Duration.ZERO).judgedBy(guard)).isNotEmpty();
    assertThat(wish.at(ofMinutes(2)).judgedBy(guard)).isEmpty();
  }
}
